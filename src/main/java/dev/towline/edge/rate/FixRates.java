package dev.towline.edge.rate;

import dev.towline.problem.Require;
import dev.towline.rate.Rates;
import dev.towline.resolver.DescribedFetcher;
import dev.towline.viewer.Viewer;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.idl.SchemaDirectiveWiring;
import graphql.schema.idl.SchemaDirectiveWiringEnvironment;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the fixes of {@code updateLocation} and {@code updateLocations} before anything is read or written. Thread-safe. */
public final class FixRates implements SchemaDirectiveWiring {

    private static final String TYPE = "Mutation";
    private static final String SESSION_ID = "input.sessionId";
    private static final Set<String> FIELDS = Set.of("updateLocation", "updateLocations");

    private final Rates rates;

    public FixRates(Rates rates) {
        this.rates = rates;
    }

    @Override
    public GraphQLFieldDefinition onField(SchemaDirectiveWiringEnvironment<GraphQLFieldDefinition> environment) {
        boolean isCounted = environment.getFieldsContainer().getName().equals(TYPE)
                && FIELDS.contains(environment.getElement().getName());
        return isCounted
                ? environment.setFieldDataFetcher(new Counting(environment.getFieldDataFetcher(), rates))
                : environment.getElement();
    }

    private static final class Counting extends DescribedFetcher {

        private final Rates rates;

        Counting(DataFetcher<?> resolver, Rates rates) {
            super(resolver);
            this.rates = rates;
        }

        @Override
        public @Nullable Object get(DataFetchingEnvironment environment) throws Exception {
            Map<String, Object> input = Objects.requireNonNull(environment.getArgument("input"));
            int fixes = input.get("locations") instanceof Collection<?> locations ? Math.max(1, locations.size()) : 1;
            Viewer viewer =
                    Objects.requireNonNull(environment.getGraphQlContext().get(Viewer.CONTEXT_KEY));
            RateReport report = environment.getGraphQlContext().getOrDefault(RateReport.class, new RateReport());
            String sessionId = Require.id(SESSION_ID, String.valueOf(input.get("sessionId")));
            report.add(rates.ofFixes(viewer, sessionId, fixes));
            return resolver().get(environment);
        }
    }
}
