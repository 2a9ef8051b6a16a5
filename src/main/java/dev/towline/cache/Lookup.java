package dev.towline.cache;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/** One resolution of a cached field, which looks up one key or many: says of them what metrics and the report want to know. Thread-safe. */
final class Lookup {

    private final CachedField field;
    private final DataFetchingEnvironment environment;
    private final @Nullable CacheReport report;

    Lookup(CachedField field, DataFetchingEnvironment environment) {
        this.field = field;
        this.environment = environment;
        this.report = environment.getGraphQlContext().get(CacheReport.class);
    }

    void found(Finding finding) {
        CachePolicy policy = field.policy();
        field.metrics().count(policy.field(), finding);
        if (report != null) {
            report.add(environment.getExecutionStepInfo().getPath(), policy.scope(), finding);
        }
    }
}
