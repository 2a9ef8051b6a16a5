package dev.towline.dynamo;

import dev.towline.problem.Unavailable;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What callers are told of a failed call. */
final class Failures {

    private static final Set<String> REJECTIONS = Set.of(
            "ValidationException",
            "SerializationException",
            "IdempotentParameterMismatchException",
            "ItemCollectionSizeLimitExceededException");

    private static final Set<String> REJECTED_ITEMS = Set.of("ValidationError", "ItemCollectionSizeLimitExceeded");

    private Failures() {}

    /**
     * The failure of a call as the SDK has them. Not everything that its HTTP client throws is one of those: under load its pool of
     * connections throws {@link java.util.concurrent.CancellationException}, and when it is closed {@link IllegalStateException}.
     */
    static SdkException ofClient(RuntimeException thrown) {
        return thrown instanceof SdkException known ? known : SdkClientException.create("The client failed", thrown);
    }

    /**
     * Whether DynamoDB understood the request and will never accept it: a fault of this service, such as an item that is too
     * large.
     */
    static boolean isRejection(SdkException e) {
        return switch (e) {
            case TransactionCanceledException canceled ->
                canceled.cancellationReasons().stream()
                        .anyMatch(reason -> reason.code() != null && REJECTED_ITEMS.contains(reason.code()));
            case AwsServiceException answer ->
                answer.awsErrorDetails() != null
                        && REJECTIONS.contains(
                                String.valueOf(answer.awsErrorDetails().errorCode()));
            default -> false;
        };
    }

    /** The exception for a read, or a write whose outcome does not matter, that failed for good. */
    static RuntimeException translated(SdkException e) {
        return isRejection(e)
                ? new IllegalStateException("DynamoDB rejects the request", e)
                : new Unavailable("The database did not answer. Try again in a moment.", e);
    }
}
