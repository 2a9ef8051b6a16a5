package dev.towline.cache;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/** One resolution of a cached field, which looks up one key or many: tells metrics and the listener of the request what came of them. Thread-safe. */
final class FieldLookup {

    private final CachedField field;
    private final DataFetchingEnvironment environment;
    private final @Nullable LookupListener listener;

    FieldLookup(CachedField field, DataFetchingEnvironment environment) {
        this.field = field;
        this.environment = environment;
        this.listener = environment.getGraphQlContext().get(LookupListener.class);
    }

    void found(LookupResult result) {
        CachePolicy policy = field.policy();
        field.metrics().count(policy.field(), result);
        if (listener != null) {
            listener.found(environment.getExecutionStepInfo().getPath(), policy, result);
        }
    }
}
