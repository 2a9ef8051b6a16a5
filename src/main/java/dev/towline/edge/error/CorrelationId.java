package dev.towline.edge.error;

import graphql.GraphQLContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The id by which an answer with errors is found in the log: the trace id of the request, or a random id if there is no trace. */
public record CorrelationId(String value) {

    /** A new random id. */
    public static CorrelationId random() {
        return new CorrelationId(UUID.randomUUID().toString());
    }

    /** The id of the request with this context, or a new one if there is none. */
    public static CorrelationId of(@Nullable GraphQLContext context) {
        CorrelationId known = context == null ? null : context.get(CorrelationId.class);
        return known == null ? random() : known;
    }

    @Override
    public String toString() {
        return value;
    }
}
