package dev.towline.cache;

import dev.towline.cache.shared.FakeShared;
import dev.towline.cache.shared.SharedFixture;
import dev.towline.edge.VisibilityWiring;
import dev.towline.store.EntityBytes;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import dev.towline.vendor.SampleVendors;
import dev.towline.vendor.Vendor;
import dev.towline.vendor.VendorKey;
import dev.towline.vendor.Vendors;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.springframework.util.unit.DataSize;

/** The contract with the fields that yield vendors, wired as in the service, with the cache switched on or off. Not thread-safe. */
final class VendorService {

    static final String LOADER = "vendors";
    static final Viewer VIEWER = new Viewer(Role.DISPATCHER, "dora", SampleVendors.TENANT);

    private static final int VENDORS = 1000;
    private static final List<String> CONTRACT = List.of("cache", "incident", "scalars", "tracking", "vendor");

    final Backend backend = new Backend(VENDORS);
    final GraphQLSchema schema;
    private final EntityCache cache;

    VendorService(boolean isCached) {
        InstantSource clock = Clock.tickMillis(ZoneOffset.UTC);
        CacheSettings settings = new CacheSettings(isCached, DataSize.ofMegabytes(64), Map.of());
        CacheConfiguration beans = new CacheConfiguration();
        CacheMetrics metrics = beans.cacheMetrics(new SimpleMeterRegistry());
        VersionFloors floors = new VersionFloors(Duration.ofMinutes(10), clock);
        List<Table<?>> tables = List.of(Vendors.TABLE);
        EntityEntries entries = beans.entries(settings, floors, new EntityBytes(tables), metrics);
        Freshness freshness = new Freshness(clock, () -> true);
        Executor here = Runnable::run;
        FakeShared shared = new FakeShared(clock);
        SharedTier nothing = new SharedFixture(
                        shared,
                        shared,
                        new SharedFixture.Instance(floors, () -> true, clock, metrics),
                        List.of(),
                        Map.of())
                .tier();
        EntityLoads loads = new EntityLoads(backend, nothing, entries, clock, here, metrics);
        this.cache = beans.entityCache(entries, floors, freshness, loads, tables, _ -> {});
        ComputedCache computed = new ComputedCache(
                new ComputedEntries(settings.maxWeight().toBytes(), metrics::evicted), freshness, clock, here);
        this.schema = schema(beans.cacheWiring(settings, cache, computed, metrics));
    }

    /** A request's. */
    DataLoader<VendorKey, Vendor> loader() {
        return DataLoaderFactory.newMappedDataLoader(
                (keys, environment) -> cache.read(Vendors.TABLE, keys, environment.getKeyContexts()));
    }

    private GraphQLSchema schema(CacheWiring cache) {
        TypeDefinitionRegistry contract = new TypeDefinitionRegistry();
        for (String file : CONTRACT) {
            contract.merge(new SchemaParser()
                    .parse(Path.of("schema", file + ".graphqls").toFile()));
        }
        RuntimeWiring.Builder wiring = RuntimeWiring.newRuntimeWiring();
        VisibilityWiring.with(builder -> builder.directiveWiring(cache), List.of())
                .forEach(each -> each.configure(wiring));
        wiring.type(
                "Query",
                type -> type.dataFetcher("getVendor", VendorService::vendor)
                        .dataFetcher(
                                "searchVendorsNearby",
                                environment -> backend.search(
                                        Vendors.TABLE,
                                        Objects.requireNonNull(environment.<Integer>getArgument("first")))));
        return new SchemaGenerator().makeExecutableSchema(contract, wiring.build());
    }

    private static CompletableFuture<Vendor> vendor(DataFetchingEnvironment environment) {
        String id = Objects.requireNonNull(environment.<String>getArgument("id"));
        return Objects.requireNonNull(environment.<VendorKey, Vendor>getDataLoader(LOADER))
                .load(new VendorKey(VIEWER.tenant(), id));
    }
}
