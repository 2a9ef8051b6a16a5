package dev.towline.localdax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;

/**
 * An error of DAX. Its codes decide which exception the client throws and whether it retries.
 *
 * <p>The first code: 1 is a server error that may be retried, 2 one that may be retried after the cluster has recovered, 3 a final server
 * error, 4 an error of the client.
 */
final class DaxError extends RuntimeException {

    /** Answered to a client whose credentials are not accepted. */
    static final List<Integer> AUTHENTICATION = List.of(4, 23, 31, 32);

    private final String text;
    private final List<Integer> codes;
    private final @Nullable String errorCode;
    private final int httpStatus;
    private final List<CancellationReason> reasons;

    /**
     * @param codes such as 4, 37, 38, 39, 43 for a failed condition; not empty
     * @param errorCode the name that DynamoDB gives the error, such as {@code ConditionalCheckFailedException}
     */
    DaxError(List<Integer> codes, String message, @Nullable String errorCode, int httpStatus) {
        this(codes, message, errorCode, httpStatus, List.of());
    }

    /** @param reasons of a cancelled transaction, one for each of its actions; empty for any other error */
    DaxError(
            List<Integer> codes,
            String message,
            @Nullable String errorCode,
            int httpStatus,
            List<CancellationReason> reasons) {
        super(message);
        this.text = message;
        this.codes = List.copyOf(codes);
        this.errorCode = errorCode;
        this.httpStatus = httpStatus;
        this.reasons = List.copyOf(reasons);
    }

    /** The message, which clients prefix with the codes. */
    String text() {
        return text;
    }

    List<Integer> codes() {
        return codes;
    }

    @Nullable
    String errorCode() {
        return errorCode;
    }

    int httpStatus() {
        return httpStatus;
    }

    List<CancellationReason> reasons() {
        return reasons;
    }
}
