package dev.towline.edge.error;

import graphql.GraphQLContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What finds an answer with errors again in the log: the id of the trace that the request is part of, or, where it is part of none, a
 * random one.
 */
public record CorrelationId(String value) {

    /** One that nothing else has. */
    public static CorrelationId random() {
        return new CorrelationId(UUID.randomUUID().toString());
    }

    /** The one of the request that is being executed, a new one where no request is known. */
    public static CorrelationId of(@Nullable GraphQLContext context) {
        CorrelationId known = context == null ? null : context.get(CorrelationId.class);
        return known == null ? random() : known;
    }

    @Override
    public String toString() {
        return value;
    }
}
