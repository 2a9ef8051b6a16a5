package dev.towline.edge;

import dev.towline.edge.error.Refusal;
import graphql.language.OperationDefinition.Operation;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * The operations that an HTTP request allows. The transport puts it into the {@link graphql.GraphQLContext} under this class.
 *
 * @param method the method of the request
 * @param stream whether the client accepts an event stream
 */
public record AllowedOperations(HttpMethod method, boolean stream) {

    void check(Operation operation) {
        if (operation == Operation.MUTATION && !method.equals(HttpMethod.POST)) {
            throw new Refusal(HttpStatus.METHOD_NOT_ALLOWED, null, "A mutation must be sent with POST.");
        }
        if (operation == Operation.SUBSCRIPTION && !stream) {
            throw new Refusal(
                    HttpStatus.NOT_ACCEPTABLE,
                    null,
                    "A subscription requires `Accept: text/event-stream` or a WebSocket.");
        }
    }
}
