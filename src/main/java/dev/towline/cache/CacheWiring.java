package dev.towline.cache;

import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.idl.SchemaDirectiveWiring;
import graphql.schema.idl.SchemaDirectiveWiringEnvironment;
import java.util.Set;
import java.util.TreeSet;

/** Finds {@code @cache} in the schema while it is built and puts the cache in front of those fields. */
final class CacheWiring implements SchemaDirectiveWiring {

    /** What a mutation does and what a subscription says cannot be remembered. */
    private static final Set<String> NEVER = Set.of("Mutation", "Subscription");

    private final CacheSettings settings;
    private final EntityCache cache;
    private final CacheMetrics metrics;
    private final Set<String> fields = new TreeSet<>();

    CacheWiring(CacheSettings settings, EntityCache cache, CacheMetrics metrics) {
        this.settings = settings;
        this.cache = cache;
        this.metrics = metrics;
    }

    @Override
    public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
        GraphQLAppliedDirective directive = environment.getAppliedDirective(CacheDirective.NAME);
        if (directive == null) {
            return environment.getElement();
        }
        String type = environment.getFieldsContainer().getName();
        String name = type + "." + environment.getElement().getName();
        if (NEVER.contains(type)) {
            throw new IllegalStateException("schema: " + name + ": @cache is for fields that are read");
        }
        CachePolicy policy = settings.applyTo(CacheDirective.policy(name, directive));
        fields.add(name);
        return environment.setFieldDataFetcher(
                new CachedFetcher(environment.getFieldDataFetcher(), new CachedField(policy, cache, metrics)));
    }

    /**
     * To be called once the schema is built.
     *
     * @throws IllegalStateException if the settings name a field that is not cached
     */
    void checkSettings() {
        for (String name : settings.fields().keySet()) {
            if (!fields.contains(name)) {
                throw new IllegalStateException(
                        "towline.cache.fields[%s]: no field of this name has @cache; these have: %s"
                                .formatted(name, String.join(", ", fields)));
            }
        }
    }
}
