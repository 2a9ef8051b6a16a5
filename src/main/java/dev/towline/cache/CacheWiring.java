package dev.towline.cache;

import graphql.TrivialDataFetcher;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.schema.DataFetcher;
import graphql.schema.GraphQLAppliedDirective;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.SchemaDirectiveWiring;
import graphql.schema.idl.SchemaDirectiveWiringEnvironment;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Wraps the resolver of each field with {@code @cache} while the schema is built. */
public final class CacheWiring implements SchemaDirectiveWiring {

    /** The types whose fields cannot be cached. */
    private static final Set<String> UNCACHEABLE_TYPES = Set.of("Mutation", "Subscription");

    /** The fields by which an entity type is recognized: each has both. */
    public static final List<String> ENTITY_FIELDS = List.of("id", "version");

    private final CacheSettings settings;
    private final EntityCache cache;
    private final ComputedCache computed;
    private final CacheMetrics metrics;
    private final Set<String> fields = new TreeSet<>();

    CacheWiring(CacheSettings settings, EntityCache cache, ComputedCache computed, CacheMetrics metrics) {
        this.settings = settings;
        this.cache = cache;
        this.computed = computed;
        this.metrics = metrics;
    }

    @Override
    public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
        GraphQLAppliedDirective directive = environment.getAppliedDirective(CacheDirective.NAME);
        String type = environment.getFieldsContainer().getName();
        if (directive == null) {
            DataFetcher<?> resolver = environment.getFieldDataFetcher();
            return UNCACHEABLE_TYPES.contains(type) || resolver instanceof TrivialDataFetcher<?>
                    ? environment.getElement()
                    : environment.setFieldDataFetcher(new UncachedFetcher(resolver));
        }
        String name = type + "." + environment.getElement().getName();
        if (UNCACHEABLE_TYPES.contains(type)) {
            throw new IllegalStateException(
                    "schema: " + name + ": must not have @cache, because only queries can be cached");
        }
        CachePolicy policy = settings.applyTo(CacheDirective.policy(name, directive));
        fields.add(name);
        CachedField field = new CachedField(policy, metrics);
        DataFetcher<?> resolver = environment.getFieldDataFetcher();
        if (yieldsEntities(environment)) {
            return environment.setFieldDataFetcher(new EntityFetcher(resolver, field, cache));
        }
        return environment.setFieldDataFetcher(new ComputedFetcher(resolver, field, computed));
    }

    private static boolean yieldsEntities(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
        String type =
                GraphQLTypeUtil.unwrapAll(environment.getElement().getType()).getName();
        return environment.getRegistry().getTypeOrNull(type) instanceof ObjectTypeDefinition object
                && object.getFieldDefinitions().stream()
                        .map(FieldDefinition::getName)
                        .toList()
                        .containsAll(ENTITY_FIELDS);
    }

    /**
     * Checks the names of the fields in the settings. Call it after the schema is built.
     *
     * @throws IllegalStateException if the settings name a field without {@code @cache}
     */
    void checkSettings() {
        for (String name : settings.fields().keySet()) {
            if (!fields.contains(name)) {
                throw new IllegalStateException("towline.cache.fields[%s] must name a field with @cache; these are: %s"
                        .formatted(name, String.join(", ", fields)));
            }
        }
    }
}
