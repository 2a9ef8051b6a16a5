package dev.towline.dynamo;

import dev.towline.problem.Unavailable;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Classifies failed calls and translates them for callers. */
final class Failures {

    private static final Set<String> REJECTIONS = Set.of(
            "ValidationException",
            "SerializationException",
            "IdempotentParameterMismatchException",
            "ItemCollectionSizeLimitExceededException");

    private static final Set<String> REJECTED_ITEMS = Set.of("ValidationError", "ItemCollectionSizeLimitExceeded");

    private Failures() {}

    /**
     * The exception as an SdkException. The HTTP client also throws others: under load the connection pool throws {@link
     * java.util.concurrent.CancellationException}, and after it was closed {@link IllegalStateException}.
     */
    static SdkException ofClient(RuntimeException thrown) {
        return thrown instanceof SdkException known ? known : SdkClientException.create("the client failed", thrown);
    }

    /**
     * Whether DynamoDB will never accept this request, which is a fault of this service, such as an item that is too large.
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

    /** The exception for a read, or a rejected write, that failed after all attempts. */
    static RuntimeException translated(SdkException e) {
        return isRejection(e)
                ? new IllegalStateException("DynamoDB rejected the request", e)
                : new Unavailable("The database did not answer. Try again in a moment.", e);
    }
}
