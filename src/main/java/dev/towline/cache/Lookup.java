package dev.towline.cache;

import dev.towline.store.ComputedValue;
import dev.towline.store.EntityKey;
import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/** One resolution of a cached field, which looks up one key or many: says of them what metrics and the report want to know. Thread-safe. */
final class Lookup {

    private final CachedField field;
    private final DataFetchingEnvironment environment;
    private final @Nullable CacheReport report;
    private final @Nullable Provenance provenance;

    Lookup(CachedField field, DataFetchingEnvironment environment) {
        this.field = field;
        this.environment = environment;
        this.report = environment.getGraphQlContext().get(CacheReport.class);
        this.provenance = environment.getGraphQlContext().get(Provenance.class);
    }

    void found(Finding finding) {
        CachePolicy policy = field.policy();
        field.metrics().count(policy.field(), finding);
        if (report != null) {
            report.add(environment.getExecutionStepInfo().getPath(), policy.scope(), finding);
        }
        if (provenance != null) {
            provenance.add(policy.scope(), finding);
        }
    }

    /** The answer has this entity in it, or says that there is none. */
    void madeFrom(EntityKey entity) {
        if (provenance != null) {
            provenance.add(entity.ref());
        }
    }

    /** The answer has this value in it. */
    void madeFrom(Object value) {
        if (provenance != null && value instanceof ComputedValue derived) {
            provenance.add(derived);
        }
    }
}
