package dev.towline.cache;

import dev.towline.store.ComputedValue;
import dev.towline.store.EntityBytes;
import dev.towline.store.VersionFloors;
import dev.towline.vendor.SampleVendors;
import dev.towline.vendor.Vendor;
import dev.towline.vendor.Vendors;
import graphql.schema.GraphQLFieldDefinition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.springframework.util.unit.DataSize;

/**
 * How much memory one remembered value takes: what is more of the heap in use, after a collection, once there are many of them.
 *
 * @param what is remembered
 * @param heapBytes measured, for each
 * @param weightBytes what the cache counts for each
 */
record EntryMemory(String what, double heapBytes, double weightBytes) {

    private static final int VENDORS = 10_000;
    private static final int SEARCHES = 2_000;
    private static final int FOUND = 10;
    private static final InstantSource CLOCK = Clock.tickMillis(ZoneOffset.UTC);

    /** @param weightBytes of all of them */
    private record Filled(Object kept, long weightBytes) {}

    /** Of a vendor, and of a search that found ten: vendors that no other search has found, and vendors that 19 others have. */
    static List<EntryMemory> measure() {
        return List.of(
                of("entity: a vendor", VENDORS, EntryMemory::vendors),
                of("search: 10 vendors of its own", SEARCHES, () -> searches(SEARCHES * FOUND)),
                of("search: 10 vendors in 20 searches", SEARCHES, () -> searches(SEARCHES * FOUND / 20)));
    }

    private static EntryMemory of(String what, int count, Supplier<Filled> fill) {
        // once for the classes that it loads
        var _ = fill.get();
        long before = usedBytes();
        Filled filled = fill.get();
        try {
            double bytes = usedBytes() - before;
            return new EntryMemory(what, bytes / count, (double) filled.weightBytes / count);
        } finally {
            Reference.reachabilityFence(filled);
        }
    }

    private static Filled vendors() {
        CacheConfiguration beans = new CacheConfiguration();
        EntityEntries entries = beans.entries(
                new CacheSettings(true, DataSize.ofMegabytes(64), Map.of()),
                new VersionFloors(Duration.ofMinutes(10), CLOCK),
                new EntityBytes(List.of(Vendors.TABLE)),
                beans.cacheMetrics(new SimpleMeterRegistry()));
        Instant now = CLOCK.instant();
        for (int number = 0; number < VENDORS; number++) {
            Vendor vendor = SampleVendors.stored(number);
            entries.offer(vendor.key().ref(), new EntityEntry(vendor, now), new AtomicBoolean());
        }
        require(entries.size().entries(), VENDORS);
        return new Filled(entries, entries.size().weightBytes());
    }

    /** @param vendors how many different ones they find, each search in objects of its own */
    private static Filled searches(int vendors) {
        GraphQLFieldDefinition field =
                new VendorService(true).schema.getQueryType().getField("searchVendorsNearby");
        ComputedEntries entries = new ComputedEntries(DataSize.ofMegabytes(64).toBytes(), (_, _) -> {});
        long weight = 0;
        for (int number = 0; number < SEARCHES; number++) {
            int first = number * FOUND;
            ComputedValue page = SampleVendors.page(IntStream.range(first, first + FOUND)
                    .mapToObj(each -> SampleVendors.stored(each % vendors))
                    .toList());
            ComputedEntry entry = new ComputedEntry(page, CLOCK.instant());
            entries.offer(key(number, field), entry, new AtomicBoolean());
            weight += entry.weightBytes();
        }
        require(entries.size().entries(), SEARCHES);
        return new Filled(entries, weight);
    }

    /** Of a search around a place where no other has looked. */
    private static ComputedKey key(int number, GraphQLFieldDefinition field) {
        Map<String, Object> near = Map.of("latitude", 30 + number / 10_000.0, "longitude", -97 - number / 10_000.0);
        Map<String, Object> filter = Map.of("capabilities", List.of("TOWING", "WINCHING"), "availableOnly", true);
        Map<String, Object> arguments = Map.of("near", near, "radiusMiles", 10.0, "filter", filter, "first", FOUND);
        return new ComputedKey(
                "Query.searchVendorsNearby",
                SampleVendors.TENANT.name(),
                null,
                null,
                ComputedKey.arguments(arguments, field));
    }

    private static void require(long size, int expected) {
        if (size != expected) {
            throw new IllegalStateException("of " + expected + " only " + size + " are remembered");
        }
    }

    /** After as many collections as the serial collector takes until it leaves nothing dead behind: it bothers each fourth time only. */
    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
