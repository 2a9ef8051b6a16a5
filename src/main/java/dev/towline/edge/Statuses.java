package dev.towline.edge;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * The status of an answer to a request that could be read.
 *
 * @see <a href="https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes">Status codes</a>
 */
final class Statuses {

    private static final Map<String, HttpStatus> OF_CODES = Map.of(
            "BAD_INPUT", HttpStatus.BAD_REQUEST,
            "TOO_COMPLEX", HttpStatus.BAD_REQUEST,
            "UNAUTHENTICATED", HttpStatus.UNAUTHORIZED,
            "FORBIDDEN", HttpStatus.FORBIDDEN,
            "RATE_LIMITED", HttpStatus.TOO_MANY_REQUESTS,
            "OVERLOADED", HttpStatus.SERVICE_UNAVAILABLE,
            "UNAVAILABLE", HttpStatus.SERVICE_UNAVAILABLE);

    private Statuses() {}

    /** 200 if something was executed, and always for {@code application/json}, whose readers expect nothing else. */
    static HttpStatus of(ExecutionResult result, MediaType form) {
        if (result.isDataPresent() || form.equals(MediaType.APPLICATION_JSON)) {
            return HttpStatus.OK;
        }
        return result.getErrors().stream()
                .map(Statuses::code)
                .map(code -> OF_CODES.getOrDefault(code, HttpStatus.INTERNAL_SERVER_ERROR))
                .findFirst()
                .orElse(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    private static String code(GraphQLError error) {
        Object code =
                error.getExtensions() == null ? null : error.getExtensions().get("code");
        return String.valueOf(code);
    }
}
