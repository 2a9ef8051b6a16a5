package dev.towline.localdax;

/** Called once a request has been read and before it is answered: the place for injected faults. Thread-safe. */
@FunctionalInterface
interface Interceptor {

    /** Lets every request pass. */
    Interceptor NONE = method -> {};

    /**
     * Returns to let the request pass. May block, which delays this connection only; closing the listener interrupts it.
     *
     * @param method also the metadata calls, such as {@link Method#ENDPOINTS}, which is how clients check the health of a node;
     *     {@link Method#AUTHORIZE} is never passed here
     * @throws ConnectionCut to close the connection without an answer
     * @throws DaxError to answer exactly this error
     * @throws software.amazon.awssdk.services.dynamodb.model.DynamoDbException to answer this error as if DynamoDB had raised it
     * @throws InterruptedException if the node is closing
     */
    void before(Method method) throws InterruptedException;
}
