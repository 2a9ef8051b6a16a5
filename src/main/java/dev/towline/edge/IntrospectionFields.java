package dev.towline.edge;

import graphql.TrivialDataFetcher;
import graphql.introspection.Introspection;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DelegatingDataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchemaElement;
import graphql.schema.GraphQLTypeVisitorStub;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Corrects two things in the introspection of graphql-java: an {@code includeDeprecated} of null means its default, and unsupported
 * directives are not listed.
 */
final class IntrospectionFields extends GraphQLTypeVisitorStub {

    private static final String INCLUDE_DEPRECATED = "includeDeprecated";

    private static final FieldCoordinates DIRECTIVES = FieldCoordinates.coordinates("__Schema", "directives");

    @Override
    public TraversalControl visitGraphQLFieldDefinition(
            GraphQLFieldDefinition field, TraverserContext<GraphQLSchemaElement> context) {
        GraphQLFieldsContainer parent = (GraphQLFieldsContainer) context.getParentNode();
        if (Introspection.isIntrospectionTypes(parent)) {
            FieldCoordinates coordinates = FieldCoordinates.coordinates(parent, field);
            GraphQLCodeRegistry.Builder registry =
                    Objects.requireNonNull(context.getVarFromParents(GraphQLCodeRegistry.Builder.class));
            DataFetcher<?> fetcher = registry.getDataFetcher(coordinates, field);
            GraphQLArgument includeDeprecated = field.getArgument(INCLUDE_DEPRECATED);
            if (includeDeprecated != null) {
                Object defaultValue = GraphQLArgument.getArgumentDefaultValue(includeDeprecated);
                TrivialDataFetcher<?> defaulted = request -> fetcher.get(new Defaulted(request, defaultValue));
                registry.dataFetcher(coordinates, defaulted);
            }
            if (coordinates.equals(DIRECTIVES)) {
                TrivialDataFetcher<?> supported = request -> supported(fetcher.get(request));
                registry.dataFetcher(coordinates, supported);
            }
        }
        return TraversalControl.CONTINUE;
    }

    private static List<?> supported(@Nullable Object directives) {
        return ((List<?>) Objects.requireNonNull(directives))
                .stream()
                        .filter(directive -> !DocumentRules.UNSUPPORTED_DIRECTIVES.contains(
                                ((GraphQLDirective) directive).getName()))
                        .toList();
    }

    private static final class Defaulted extends DelegatingDataFetchingEnvironment {

        private final @Nullable Object defaultValue;

        private Defaulted(DataFetchingEnvironment request, @Nullable Object defaultValue) {
            super(request);
            this.defaultValue = defaultValue;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the signature of the library
        public <T> @Nullable T getArgument(String name) {
            T given = super.getArgument(name);
            return given == null && name.equals(INCLUDE_DEPRECATED) ? (T) defaultValue : given;
        }
    }
}
