package dev.towline.cache;

import graphql.schema.DataFetchingEnvironment;

/** Reports the lookups of one field with {@code @cache}. */
record CachedField(CachePolicy policy, CacheMetrics metrics) {

    /** Passes the result of a lookup to the metrics, and to the listener of the request if there is one. */
    void onLookup(DataFetchingEnvironment environment, LookupResult result) {
        metrics.count(policy.field(), result);
        LookupListener listener = environment.getGraphQlContext().get(LookupListener.class);
        if (listener != null) {
            listener.onLookup(environment.getExecutionStepInfo().getPath(), policy, result);
        }
    }
}
