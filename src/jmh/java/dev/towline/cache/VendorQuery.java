package dev.towline.cache;

import dev.towline.vendor.SampleVendors;
import dev.towline.vendor.Vendor;
import dev.towline.vendor.VendorKey;
import dev.towline.viewer.Viewer;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.dataloader.DataLoaderDispatchingContextKeys;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DelegatingDataFetchingEnvironment;
import graphql.schema.FieldCoordinates;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;

/** A query of one field to a {@link VendorService}: as a whole, or only what resolves the field. Not thread-safe. */
final class VendorQuery {

    private static final int WARM_UP = 20_000;

    private final VendorService service;
    private final GraphQL graphQl;
    private final String document;
    private final Map<String, Object> variables;
    private final DataFetcher<?> fetcher;
    private final DataFetchingEnvironment environment;
    private final DataLoader<VendorKey, Vendor> loader;

    /** @param field of {@code Query}, which the document asks for and nothing else */
    private VendorQuery(VendorService service, String field, String document, Map<String, Object> variables) {
        this.service = service;
        this.graphQl = GraphQL.newGraphQL(service.schema)
                .preparsedDocumentProvider(parsedOnce())
                .build();
        this.document = document;
        this.variables = variables;
        this.loader = service.loader();
        this.fetcher = service.schema
                .getCodeRegistry()
                .getDataFetcher(
                        FieldCoordinates.coordinates("Query", field),
                        service.schema.getQueryType().getFieldDefinition(field));
        this.environment = heard();
    }

    /** One entity by its id. */
    static VendorQuery getVendor(VendorService service) {
        return new VendorQuery(
                service,
                "getVendor",
                "query($id: ID!) { getVendor(id: $id)"
                        + " { id name availability rating position { latitude longitude } version } }",
                Map.of("id", SampleVendors.key(7).id()));
    }

    /** A search that finds ten. */
    static VendorQuery searchVendorsNearby(VendorService service) {
        return new VendorQuery(
                service,
                "searchVendorsNearby",
                """
                query($near: PositionInput!, $filter: VendorFilter) {
                  searchVendorsNearby(near: $near, radiusMiles: 10, filter: $filter, first: 10) {
                    totalCount edges { distanceMiles node { id name availability } }
                  }
                }
                """,
                Map.of(
                        "near",
                        Map.of("latitude", 30.2672, "longitude", -97.7431),
                        "filter",
                        Map.of("capabilities", List.of("TOWING", "WINCHING"), "availableOnly", true)));
    }

    /** From the text of the query to the data of the answer. */
    ExecutionResult execute() {
        return graphQl.execute(input(true));
    }

    /** From the arguments of the field to its value. */
    @Nullable
    Object resolve() throws Exception {
        Object found = fetcher.get(environment);
        if (!(found instanceof CompletableFuture<?> later)) {
            return found;
        }
        if (!later.isDone()) {
            var _ = loader.dispatch();
            loader.clearAll();
        }
        return later.join();
    }

    /** As often as the compiler asks for, however long a busy machine takes. */
    void warmUp() throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            if (!execute().getErrors().isEmpty() || resolve() == null) {
                throw new IllegalStateException(document);
            }
        }
    }

    /** What the resolution is told of the field. */
    DataFetchingEnvironment environment() {
        return environment;
    }

    /** What the fetcher of the field is called with in a request; but it gets the loader of this query. */
    private DataFetchingEnvironment heard() {
        AtomicReference<@Nullable DataFetchingEnvironment> first = new AtomicReference<>();
        ExecutionResult result = GraphQL.newGraphQL(service.schema)
                .instrumentation(new SimplePerformantInstrumentation() {
                    @Override
                    public DataFetcher<?> instrumentDataFetcher(
                            DataFetcher<?> resolver,
                            InstrumentationFieldFetchParameters parameters,
                            @Nullable InstrumentationState state) {
                        first.compareAndSet(null, parameters.getEnvironment());
                        return resolver;
                    }
                })
                .build()
                .execute(input(false));
        if (!result.getErrors().isEmpty()) {
            throw new IllegalStateException(result.getErrors().toString());
        }
        return new DelegatingDataFetchingEnvironment(Objects.requireNonNull(first.get())) {
            @Override
            @SuppressWarnings("unchecked") // there is no other
            public <K, V> DataLoader<K, V> getDataLoader(String name) {
                return (DataLoader<K, V>) loader;
            }
        };
    }

    private static PreparsedDocumentProvider parsedOnce() {
        ConcurrentMap<String, PreparsedDocumentEntry> documents = new ConcurrentHashMap<>();
        return (input, parse) ->
                CompletableFuture.completedFuture(documents.computeIfAbsent(input.getQuery(), _ -> parse.apply(input)));
    }

    private ExecutionInput input(boolean chaining) {
        return ExecutionInput.newExecutionInput(document)
                .variables(variables)
                .dataLoaderRegistry(DataLoaderRegistry.newRegistry()
                        .register(VendorService.LOADER, service.loader())
                        .build())
                .graphQLContext(Map.of(
                        Viewer.CONTEXT_KEY,
                        VendorService.VIEWER,
                        DataLoaderDispatchingContextKeys.ENABLE_DATA_LOADER_CHAINING,
                        chaining))
                .build();
    }
}
