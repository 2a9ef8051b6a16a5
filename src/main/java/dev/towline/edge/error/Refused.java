package dev.towline.edge.error;

import graphql.ErrorClassification;
import graphql.GraphQLError;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;

/**
 * Marks an error with an HTTP status of its own.
 *
 * @param status the status for {@code application/graphql-response+json}
 * @param inJson the status for {@code application/json}; 200 if GraphQL rejects the request and not HTTP
 */
public record Refused(HttpStatus status, HttpStatus inJson) implements ErrorClassification {

    @Override
    public Object toSpecification(GraphQLError error) {
        Map<String, Object> extensions = Objects.requireNonNull(error.getExtensions());
        return Objects.requireNonNull(extensions.get("code"));
    }

    /** Whether HTTP itself rejects the request. Such an error is never sent in a stream. */
    public boolean isByHttp() {
        return inJson != HttpStatus.OK;
    }
}
