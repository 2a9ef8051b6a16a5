package dev.towline.cache;

import graphql.schema.DataFetchingEnvironment;

/** Reports the lookups of one field with {@code @cache}. */
record CachedField(CachePolicy policy, CacheMetrics metrics) {

    /** Whether a value belongs to one viewer. */
    boolean isPrivate() {
        return policy.scope() == CacheScope.PRIVATE;
    }

    /** Passes the result of a lookup that a whole answer made unnecessary to the metrics. */
    void onAnswer(LookupResult result) {
        metrics.count(policy.field(), result.in(Tier.ANSWER));
    }

    /**
     * Passes the result of a lookup to the metrics, and to the listener of the request if there is one. The context has {@link Tier#ANSWER} as
     * a key if a whole answer would have been given to a request without a listener.
     */
    void onLookup(DataFetchingEnvironment environment, LookupResult result) {
        metrics.count(policy.field(), result);
        LookupListener listener = environment.getGraphQlContext().get(LookupListener.class);
        if (listener != null) {
            boolean isOfAnswer =
                    result.isGood() && environment.getGraphQlContext().hasKey(Tier.ANSWER);
            listener.onLookup(
                    environment.getExecutionStepInfo().getPath(), policy, isOfAnswer ? result.in(Tier.ANSWER) : result);
        }
    }
}
