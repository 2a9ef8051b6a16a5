package dev.towline.edge.http;

import dev.towline.edge.error.Refused;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/**
 * The HTTP status of an answer in one piece.
 *
 * @see <a href="https://http-spec.graphql.org/September2026/#sec-Status-Codes">GraphQL over HTTP, September 2026, Status Codes</a>
 */
final class Statuses {

    /** The status for data with errors. {@link HttpStatus} does not have it. */
    static final HttpStatusCode PARTIAL_SUCCESS = HttpStatusCode.valueOf(294);

    private static final Map<String, HttpStatus> OF_CODES = Map.of(
            "BAD_INPUT", HttpStatus.UNPROCESSABLE_CONTENT,
            "NOT_FOUND", HttpStatus.UNPROCESSABLE_CONTENT,
            "CONFLICT", HttpStatus.UNPROCESSABLE_CONTENT,
            "TOO_COMPLEX", HttpStatus.UNPROCESSABLE_CONTENT,
            "UNAUTHENTICATED", HttpStatus.UNAUTHORIZED,
            "FORBIDDEN", HttpStatus.FORBIDDEN,
            "RATE_LIMITED", HttpStatus.TOO_MANY_REQUESTS,
            "OVERLOADED", HttpStatus.SERVICE_UNAVAILABLE,
            "UNAVAILABLE", HttpStatus.SERVICE_UNAVAILABLE);

    private Statuses() {}

    /**
     * The status of a result. It is 200 for {@code application/json} unless HTTP itself rejects the request, because its clients expect
     * nothing else.
     */
    static HttpStatusCode of(ExecutionResult result, MediaType form) {
        if (result.getErrors().isEmpty()) {
            return HttpStatus.OK;
        }
        if (result.isDataPresent()) {
            return form.equals(Accept.JSON) ? HttpStatus.OK : PARTIAL_SUCCESS;
        }
        GraphQLError error = result.getErrors().getFirst();
        if (error.getErrorType() instanceof Refused refused) {
            return form.equals(Accept.JSON) ? refused.inJson() : refused.status();
        }
        return form.equals(Accept.JSON)
                ? HttpStatus.OK
                : OF_CODES.getOrDefault(code(error), HttpStatus.INTERNAL_SERVER_ERROR);
    }

    private static String code(GraphQLError error) {
        Object code =
                error.getExtensions() == null ? null : error.getExtensions().get("code");
        return String.valueOf(code);
    }
}
