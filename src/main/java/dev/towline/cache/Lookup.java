package dev.towline.cache;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/** One resolution of a cached field, which looks up one key or many: tells metrics and the listener of the request what came of them. Thread-safe. */
final class Lookup {

    private final CachedField field;
    private final DataFetchingEnvironment environment;
    private final @Nullable LookupListener listener;

    Lookup(CachedField field, DataFetchingEnvironment environment) {
        this.field = field;
        this.environment = environment;
        this.listener = environment.getGraphQlContext().get(LookupListener.class);
    }

    void found(Finding finding) {
        CachePolicy policy = field.policy();
        field.metrics().count(policy.field(), finding);
        if (listener != null) {
            listener.found(environment.getExecutionStepInfo().getPath(), policy, finding);
        }
    }
}
