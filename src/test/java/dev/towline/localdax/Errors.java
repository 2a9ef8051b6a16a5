package dev.towline.localdax;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Errors of DynamoDB as errors of DAX, and these as bytes. */
final class Errors {

    private static final int VALIDATION = 46;
    private static final int INTERNAL = 47;
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;
    private static final int FIELDS_OF_A_REASON = 3;

    /** The last of the codes that tell clients which exception to throw. */
    private static final Map<String, Integer> LAST_CODES = Map.ofEntries(
            Map.entry("ProvisionedThroughputExceededException", 40),
            Map.entry("ResourceNotFoundException", 41),
            Map.entry("ConditionalCheckFailedException", 43),
            Map.entry("ResourceInUseException", 45),
            Map.entry("ValidationException", VALIDATION),
            Map.entry("InternalServerError", INTERNAL),
            Map.entry("ItemCollectionSizeLimitExceededException", 48),
            Map.entry("LimitExceededException", 49),
            Map.entry("ThrottlingException", 50),
            Map.entry("TransactionConflictException", 57),
            Map.entry("TransactionCanceledException", 58),
            Map.entry("TransactionInProgressException", 59),
            Map.entry("IdempotentParameterMismatchException", 60));

    private Errors() {}

    static DaxError validation(String message) {
        return new DaxError(codes(4, VALIDATION), message, "ValidationException", BAD_REQUEST);
    }

    static DaxError limit(String message) {
        return new DaxError(codes(4, 49), message, "LimitExceededException", BAD_REQUEST);
    }

    /** For whatever DynamoDB or this endpoint failed at. A client may try again. */
    static DaxError internal(String message) {
        return new DaxError(codes(1, INTERNAL), message, "InternalServerError", SERVER_ERROR);
    }

    static DaxError of(DynamoDbException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String message = details == null ? e.getMessage() : details.errorMessage();
        String errorCode = details == null ? nameOf(e) : details.errorCode();
        int status = e.statusCode() == 0 ? BAD_REQUEST : e.statusCode();
        boolean isServers = status >= SERVER_ERROR;
        int last = LAST_CODES.getOrDefault(errorCode, isServers ? INTERNAL : VALIDATION);
        List<CancellationReason> reasons =
                e instanceof TransactionCanceledException cancelled ? cancelled.cancellationReasons() : List.of();
        return new DaxError(codes(isServers ? 1 : 4, last), String.valueOf(message), errorCode, status, reasons);
    }

    static void write(CborOutput out, DaxError error, Items items) {
        out.array(error.codes().size());
        error.codes().forEach(out::integer);
        out.end().text(error.text());
        List<CancellationReason> reasons = error.reasons();
        out.array(reasons.isEmpty() ? 3 : 4).nothing().text(error.errorCode()).integer(error.httpStatus());
        if (!reasons.isEmpty()) {
            out.array(FIELDS_OF_A_REASON * reasons.size());
            for (CancellationReason reason : reasons) {
                out.text(reason.code()).text(reason.message());
                if (reason.hasItem()) {
                    items.write(out, reason.item());
                } else {
                    out.nothing();
                }
            }
            out.end();
        }
        out.end();
    }

    private static List<Integer> codes(int kind, int last) {
        return List.of(kind, 37, 38, 39, last);
    }

    /** Where the exception was made by hand, its class has the name of the error. */
    private static String nameOf(DynamoDbException e) {
        String name = e.getClass().getSimpleName();
        return name.equals("InternalServerErrorException") ? "InternalServerError" : name;
    }
}
