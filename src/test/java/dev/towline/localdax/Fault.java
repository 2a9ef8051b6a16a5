package dev.towline.localdax;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/** What a node is to do wrong with a request. */
public sealed interface Fault {

    /** Answers late, in time of the machine and not of a movable clock. */
    static Fault delay(Duration delay) {
        return new Delay(delay);
    }

    /** Answers with an error of the server and does not do what was asked. Clients try again, elsewhere if there are other nodes. */
    static Fault refuse() {
        return new Refuse(() ->
                new DaxError(List.of(1, 37, 38, 39, 47), "This node was told to refuse", "InternalServerError", 500));
    }

    /** Answers with an error of DynamoDB and does not do what was asked. */
    static Fault refuse(DynamoDbException error) {
        return new Refuse(() -> error);
    }

    /** Answers that the throughput is exceeded. */
    static Fault throttle() {
        return refuse((DynamoDbException) ProvisionedThroughputExceededException.builder()
                .message("This node was told to throttle")
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ProvisionedThroughputExceededException")
                        .errorMessage("This node was told to throttle")
                        .build())
                .build());
    }

    /** Closes the connection without doing what was asked. */
    static Fault cutBefore() {
        return new Cut(false);
    }

    /** Does what was asked and closes the connection instead of answering. */
    static Fault cutAfter() {
        return new Cut(true);
    }

    record Delay(Duration delay) implements Fault {}

    record Refuse(Supplier<RuntimeException> error) implements Fault {}

    record Cut(boolean after) implements Fault {}
}
