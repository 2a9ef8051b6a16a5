package dev.towline.edge.error;

import graphql.ErrorClassification;
import graphql.GraphQLError;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;

/**
 * Marks an error as one that HTTP has a status of its own for.
 *
 * @param status for {@code application/graphql-response+json}
 * @param inJson for {@code application/json}; 200 if GraphQL refuses the request and not HTTP
 */
public record Refused(HttpStatus status, HttpStatus inJson) implements ErrorClassification {

    @Override
    public Object toSpecification(GraphQLError error) {
        Map<String, Object> extensions = Objects.requireNonNull(error.getExtensions());
        return Objects.requireNonNull(extensions.get("code"));
    }

    /** Whether HTTP itself refuses the request: nothing of it is answered in a stream. */
    public boolean isByHttp() {
        return inJson != HttpStatus.OK;
    }
}
