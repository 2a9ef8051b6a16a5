package dev.towline.dynamo;

import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** The outcome of a call to DynamoDB or DAX, as a tag of its metric. */
enum Outcome {
    OK,
    /** A condition failed or another transaction interfered, which is normal operation. */
    CONFLICT,
    THROTTLED,
    TIMEOUT,
    ERROR;

    private static final Set<String> CONFLICTS = Set.of("ConditionalCheckFailed", "TransactionConflict");
    private static final Set<String> THROTTLINGS = Set.of("ThrottlingError", "ProvisionedThroughputExceeded");

    static Outcome of(Throwable failure) {
        return switch (failure) {
            case ConditionalCheckFailedException _ -> CONFLICT;
            case TransactionConflictException _ -> CONFLICT;
            case TransactionInProgressException _ -> CONFLICT;
            case TransactionCanceledException e when hasReason(e, CONFLICTS) -> CONFLICT;
            case TransactionCanceledException e when hasReason(e, THROTTLINGS) -> THROTTLED;
            case ProvisionedThroughputExceededException _ -> THROTTLED;
            case AwsServiceException e when e.isThrottlingException() -> THROTTLED;
            case ApiCallTimeoutException _ -> TIMEOUT;
            case ApiCallAttemptTimeoutException _ -> TIMEOUT;
            default -> isCausedByTimeout(failure) ? TIMEOUT : ERROR;
        };
    }

    /** The value of the tag. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean hasReason(TransactionCanceledException e, Set<String> codes) {
        return e.cancellationReasons().stream()
                .map(CancellationReason::code)
                .anyMatch(code -> code != null && codes.contains(code));
    }

    private static boolean isCausedByTimeout(@Nullable Throwable failure) {
        return failure != null && (failure instanceof SocketTimeoutException || isCausedByTimeout(failure.getCause()));
    }
}
