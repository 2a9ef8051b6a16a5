package dev.towline.edge;

import dev.towline.resolver.DescribedFetcher;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.VisibilityRule;
import graphql.TrivialDataFetcher;
import graphql.language.ObjectTypeDefinition;
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

/** Applies the {@link VisibilityRule}s to each object that a resolver returns. Thread-safe. */
final class Visibility implements SchemaDirectiveWiring {

    private static final String SUBSCRIPTION = "Subscription";

    private final List<VisibilityRule<?>> rules;

    Visibility(List<VisibilityRule<?>> rules) {
        this.rules = List.copyOf(rules);
    }

    @Override
    public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
        GraphQLFieldDefinition field = environment.getElement();
        // A subscription returns updates. The rules apply to the objects in their fields.
        if (!environment.getFieldsContainer().getName().equals(SUBSCRIPTION)
                && isObject(GraphQLTypeUtil.unwrapAll(field.getType()), environment)) {
            DataFetcher<?> resolver = environment.getFieldDataFetcher();
            return environment.setFieldDataFetcher(
                    resolver instanceof TrivialDataFetcher<?> ? new Property(resolver) : new Resolver(resolver));
        }
        return field;
    }

    private static boolean isObject(GraphQLUnmodifiedType type, SchemaDirectiveWiringEnvironment<?> environment) {
        return type instanceof GraphQLObjectType
                || environment.getRegistry().getTypeOrNull(type.getName()) instanceof ObjectTypeDefinition;
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
            default ->
                seen(
                        value,
                        environment.getSource(),
                        Objects.requireNonNull(environment.getGraphQlContext().get(Viewer.CONTEXT_KEY)));
        };
    }

    private @Nullable Object seen(Object value, @Nullable Object parent, Viewer viewer) {
        Object seen = value;
        for (VisibilityRule<?> rule : rules) {
            if (seen != null) {
                seen = apply(rule, seen, parent, viewer);
            }
        }
        return seen;
    }

    private static <T> @Nullable Object apply(
            VisibilityRule<T> rule, Object value, @Nullable Object parent, Viewer viewer) {
        if (!rule.type().isInstance(value)) {
            return value;
        }
        T typed = rule.type().cast(value);
        return parent == null ? rule.visible(typed, viewer) : rule.visibleWithin(parent, typed, viewer);
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
