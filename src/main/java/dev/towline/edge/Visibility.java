package dev.towline.edge;

import dev.towline.cache.Provenance;
import dev.towline.resolver.DescribedFetcher;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.VisibilityRule;
import graphql.TrivialDataFetcher;
import graphql.language.EnumTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.language.ScalarTypeDefinition;
import graphql.language.TypeDefinition;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnmodifiedType;
import graphql.schema.idl.SchemaDirectiveWiring;
import graphql.schema.idl.SchemaDirectiveWiringEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Applies the {@link VisibilityRule}s to each object that a resolver returns. It looks into lists, futures and {@code Mono}. Objects are records, so
 * anything else may hide an object from the rules, and fails. Thread-safe.
 */
final class Visibility implements SchemaDirectiveWiring {

    private static final String SUBSCRIPTION = "Subscription";

    private final List<VisibilityRule<?>> rules;

    Visibility(List<VisibilityRule<?>> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
        GraphQLFieldDefinition field = environment.getElement();
        String container = environment.getFieldsContainer().getName();
        // A subscription returns updates. The rules apply to the objects in their fields.
        if (container.equals(SUBSCRIPTION) || !hasObjects(environment)) {
            return field;
        }
        DataFetcher<?> resolver = environment.getFieldDataFetcher();
        return environment.setFieldDataFetcher(
                resolver instanceof TrivialDataFetcher<?> ? new Property(resolver) : new Resolver(resolver));
    }

    /** The registry has types that the schema refers to before they are made. */
    private static boolean hasObjects(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
        GraphQLUnmodifiedType type =
                GraphQLTypeUtil.unwrapAll(environment.getElement().getType());
        TypeDefinition<?> definition = environment.getRegistry().getTypeOrNull(type.getName());
        if (type instanceof GraphQLObjectType || definition instanceof ObjectTypeDefinition) {
            return true;
        }
        if (GraphQLTypeUtil.isLeaf(type)
                || definition instanceof EnumTypeDefinition
                || definition instanceof ScalarTypeDefinition) {
            return false;
        }
        throw new IllegalStateException("%s.%s: visibility rules do not support the abstract type %s"
                .formatted(
                        environment.getFieldsContainer().getName(),
                        environment.getElement().getName(),
                        type.getName()));
    }

    private @Nullable Object visible(@Nullable Object value, DataFetchingEnvironment environment) {
        return switch (value) {
            case null -> null;
            case CompletionStage<?> later -> later.thenApply(found -> visible(found, environment));
            case Mono<?> later -> later.flatMap(found -> Mono.justOrEmpty(visible(found, environment)));
            case List<?> values -> {
                List<@Nullable Object> seen = new ArrayList<>(values.size());
                values.forEach(each -> seen.add(visible(each, environment)));
                yield seen;
            }
            case Record object -> seen(object, environment);
            default ->
                throw new IllegalStateException("%s: visibility rules do not look into %s"
                        .formatted(
                                environment.getField().getName(),
                                value.getClass().getName()));
        };
    }

    private @Nullable Object seen(Record object, DataFetchingEnvironment environment) {
        Viewer viewer = Objects.requireNonNull(environment.getGraphQlContext().get(Viewer.CONTEXT_KEY));
        Object seen = object;
        for (VisibilityRule<?> rule : rules) {
            if (seen != null) {
                seen = apply(rule, seen, environment, viewer);
            }
        }
        return seen;
    }

    private static <T> @Nullable Object apply(
            VisibilityRule<T> rule, Object value, DataFetchingEnvironment environment, Viewer viewer) {
        if (!rule.type().isInstance(value)) {
            return value;
        }
        T typed = rule.type().cast(value);
        Provenance provenance = Provenance.in(environment.getGraphQlContext());
        if (provenance != null) {
            // Before the rule decides: it may do so a moment later, when that time has come.
            provenance.sameUntil(rule.sameUntil(typed, viewer));
            if (rule.isPersonal()) {
                provenance.setPersonal();
            }
        }
        Object parent = environment.getSource();
        if (parent != null) {
            return rule.visibleWithin(parent, typed, viewer);
        }
        return environment.getOperationDefinition().getOperation() == Operation.MUTATION
                ? rule.visibleAsResult(typed, viewer)
                : rule.visible(typed, viewer);
    }

    private class Resolver extends DescribedFetcher {

        Resolver(DataFetcher<?> resolver) {
            super(resolver);
        }

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
            return visible(resolver().get(environment), environment);
        }
    }

    /** A resolver that reads a property. It is not worth a span of its own. */
    private final class Property extends Resolver implements TrivialDataFetcher<Object> {

        Property(DataFetcher<?> resolver) {
            super(resolver);
        }
    }
}
