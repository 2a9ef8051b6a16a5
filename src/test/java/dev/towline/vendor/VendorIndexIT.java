package dev.towline.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.job.Job;
import dev.towline.job.JobKind;
import dev.towline.job.JobRunner;
import dev.towline.job.JobStatus;
import dev.towline.job.SomeJobs;
import dev.towline.problem.Unavailable;
import dev.towline.redis.GeoIndex;
import dev.towline.redis.RedisServer;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Origin;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.Entity;
import dev.towline.store.InMemoryStore;
import dev.towline.store.SeenVersions;
import dev.towline.store.Write;
import dev.towline.vendor.VendorSearch.Question;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The position index of one instance beside a real Redis, while it writes itself, hears of writes of others, misses some, and Redis loses what
 * it has. What a search says it is sure of must be what DynamoDB has.
 */
class VendorIndexIT {

    private static final GeoPoint HERE = new GeoPoint(51.5, -0.1);
    private static final int VENDORS = 12;

    @AutoClose
    private static final RedisServer REDIS = new RedisServer();

    @AutoClose
    private final GeoIndex redis = REDIS.emptied().geoIndex();

    private final List<String> announced = new ArrayList<>();
    private Runnable onRead = () -> {};
    private Runnable onJob = () -> {};
    private final InMemoryStore dynamo = new InMemoryStore(
            applied -> applied.changes().forEach(change -> announce(change.value())), () -> onRead.run());
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final SearchSettings settings = new SearchSettings(
            Duration.ofSeconds(1),
            Duration.ofMinutes(10),
            3,
            Duration.ofSeconds(1),
            1_000,
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            100_000);
    private Instant now = Instant.parse("2026-11-30T15:00:00Z");
    private boolean proven = true;
    private String epoch = "e1";

    private final VendorGrids grids = new VendorGrids(() -> proven, SomeVendors.BYTES, settings, () -> now);
    private final SharedVendorIndex shared = new SharedVendorIndex(redis, SomeVendors.BYTES, _ -> epoch);
    private final VendorIndexMetrics metrics = new VendorIndexMetrics(meters, grids);
    private final VendorIndex index = new VendorIndex(grids, shared, metrics, () -> now);
    private final Vendors vendors = new Vendors(dynamo, new VendorAccess(), () -> now);
    private final VendorIndexRebuild rebuild =
            new VendorIndexRebuild(dynamo, vendors, SomeVendors.BYTES, shared, grids, metrics);
    private final VendorIndexLoads loads =
            new VendorIndexLoads(index, grids, shared, rebuild, metrics, () -> proven, settings, () -> now);
    private final SomeJobs jobs = new SomeJobs(dynamo, () -> now);
    private final VendorReconciliations reconciliations =
            new VendorReconciliations(jobs.jobs(), dynamo, rebuild, settings);
    private final VendorIndexUpkeep upkeep = new VendorIndexUpkeep(
            index,
            grids,
            shared,
            loads,
            rebuild,
            jobs.runner(work(JobKind.VENDOR_INDEX_REBUILD, Integer.MAX_VALUE)),
            dynamo,
            metrics,
            () -> proven,
            () -> now);
    private final VendorSearch search =
            new VendorSearch(index, grids, loads, vendors, SomeVendors.BYTES, settings, meters);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aSearchThatIsSureFindsWhatDynamoDbHas(long seed) {
        Random random = new Random(seed);
        Set<String> sources = new HashSet<>();
        boolean isCrashed = false;
        for (int step = 0; step < 600; step++) {
            now = now.plusMillis(100);
            switch (random.nextInt(20)) {
                case 0 -> {
                    // a message is lost: the bus is not proven until the gap is noticed
                    proven = false;
                    put(write(random));
                }
                case 1 -> {
                    // a writer is killed after its write and before anything else
                    proven = false;
                    isCrashed = true;
                    write(random);
                }
                case 2 -> {
                    proven = false;
                    REDIS.emptied();
                    index.pass(new ChangeEvent.Gap(Reason.REDIS_CHANGED));
                }
                case 3, 4 -> {
                    if (!proven) {
                        index.pass(new ChangeEvent.Gap(Reason.LOST));
                        isCrashed = false;
                        proven = true;
                    }
                }
                case 5, 6, 7, 8 -> upkeep.run();
                case 9, 10, 11, 12 -> {
                    Vendor heard = write(random);
                    put(heard);
                    pass(heard, Origin.REMOTE);
                }
                default -> pass(write(random), Origin.LOCAL);
            }
            announced.clear();
            // nobody was told of the write of a writer that was killed
            if (!isCrashed) {
                sources.add(check());
            }
        }
        assertThat(sources).contains("index", "redis", "last_known");
        index.pass(new ChangeEvent.Gap(Reason.LOST));
        proven = true;
        upkeep.run();
        assertThat(check()).isEqualTo("index");
    }

    @Test
    void aNewInstanceLoadsFromRedis() {
        for (int i = 0; i < 5; i++) {
            put(write(new Random(i)));
        }
        shared.begin(SomeVendors.ACME);
        shared.markBuilt(SomeVendors.ACME);
        assertThat(check()).isEqualTo("redis");
        upkeep.run();
        dynamo.all(Vendors.TABLE).forEach(vendor -> dynamo.remove(vendor.key()));
        assertThat(found().edges()).as("what Redis had").isNotEmpty();
        assertThat(meters.timer("towline.search", "source", "index").count()).isEqualTo(1);
        assertThat(meters.timer("towline.search.index.loads", "source", "redis").count())
                .isEqualTo(1);
    }

    @Test
    void differencesAreMendedAndCounted() {
        Random random = new Random(9);
        for (int i = 0; i < 40; i++) {
            pass(write(random), Origin.LOCAL);
        }
        check();
        upkeep.run();
        upkeep.run();
        assertThat(check()).isEqualTo("index");
        // one that nobody was told of, one that is gone, and one that Redis has lost
        List<Vendor> all = dynamo.all(Vendors.TABLE);
        dynamo.writeUnannounced(
                List.of(new Write<>(Vendors.TABLE, all.getFirst().assigned("s1", now))));
        dynamo.remove(all.get(1).key());
        shared.drop(SomeVendors.ACME, List.of(all.get(2).id()));
        Job first = reconcile(settings);
        assertThat(first.rowsDone()).isEqualTo(dynamo.all(Vendors.TABLE).size());
        assertThat(first.rowsChanged()).isEqualTo(3);
        assertThat(check()).isEqualTo("index");
        assertThat(announced)
                .containsExactlyInAnyOrder(all.getFirst().id(), all.get(2).id());
        assertThat(meters.counter("towline.search.index.repaired").count()).isEqualTo(3);
        assertThat(reconcile(settings).rowsChanged()).isZero();
        assertThat(meters.counter("towline.search.index.repaired").count())
                .as("mended once")
                .isEqualTo(3);
    }

    @Test
    void eachInstanceComparesItsGridWithRedis() {
        Random random = new Random(11);
        for (int i = 0; i < 40; i++) {
            pass(write(random), Origin.LOCAL);
        }
        check();
        upkeep.run();
        announced.clear();
        Vendor known = dynamo.all(Vendors.TABLE).getFirst();
        // a message that this instance did not get, without any sign of it
        Vendor missed = known.assigned("s1", now);
        dynamo.writeUnannounced(List.of(new Write<>(Vendors.TABLE, missed)));
        put(missed);
        // one that was removed where the job ran
        Vendor gone = dynamo.all(Vendors.TABLE).get(1);
        dynamo.remove(gone.key());
        shared.drop(SomeVendors.ACME, List.of(gone.id()));
        reconciliations.run();
        assertThat(check()).isEqualTo("index");
        assertThat(announced).containsExactly(missed.id());
        assertThat(meters.counter("towline.search.index.repaired").count()).isEqualTo(2);
        assertThat(jobs.last().kind()).as("and the others'").isEqualTo(JobKind.VENDOR_RECONCILIATION);
    }

    @Test
    void aRebuildIsAJobAndThereIsNoneThatCannotSucceed() {
        pass(write(new Random(1)), Origin.LOCAL);
        check();
        upkeep.run();
        index.pass(new ChangeEvent.Gap(Reason.LOST));
        REDIS.pause(true);
        try {
            upkeep.run();
        } finally {
            REDIS.pause(false);
        }
        assertThat(jobs.all()).as("none that cannot succeed").isEmpty();
        upkeep.run();
        assertThat(jobs.all()).singleElement().satisfies(job -> {
            assertThat(job.kind()).isEqualTo(JobKind.VENDOR_INDEX_REBUILD);
            assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
            assertThat(job.rowsDone()).isEqualTo(1);
        });
        assertThat(check()).isEqualTo("index");
    }

    @Test
    void aRebuildThatSomebodyCancelledRests() {
        pass(write(new Random(1)), Origin.LOCAL);
        check();
        upkeep.run();
        index.pass(new ChangeEvent.Gap(Reason.LOST));
        onJob = () -> {
            onJob = () -> {};
            jobs.cancelLast();
        };
        upkeep.run();
        upkeep.run();
        assertThat(jobs.all()).extracting(Job::status).containsExactly(JobStatus.CANCELLED);
        assertThat(check()).as("Redis may lack writes").isNotEqualTo("index");
        now = now.plusSeconds(2);
        upkeep.run();
        assertThat(jobs.all()).extracting(Job::status).containsExactly(JobStatus.SUCCEEDED, JobStatus.CANCELLED);
        assertThat(check()).isEqualTo("index");
    }

    @Test
    void whoHasSeenAVersionThatRedisLacksGetsIt() {
        Random random = new Random(6);
        for (int i = 0; i < 40; i++) {
            pass(write(random), Origin.LOCAL);
        }
        check();
        upkeep.run();
        // a writer whose connection to Redis is broken
        Vendor known = dynamo.all(Vendors.TABLE).getFirst();
        Vendor stored = known.assigned("s1", now);
        dynamo.writeUnannounced(List.of(new Write<>(Vendors.TABLE, stored)));
        SeenVersions seen =
                SeenVersions.parse("vendor:%s=%d".formatted(stored.id(), stored.version()), Set.of("vendor"));
        VendorSearchConnection found = search.search(
                new Question(SomeVendors.ACME, stored.position(), Meters.ofMiles(1), VendorFilter.ANY, seen),
                VendorSearch.page(stored.position(), 100, null));
        assertThat(found.edges().stream().map(edge -> edge.node())).contains(stored);
        assertThat(meters.timer("towline.search", "source", "redis").count()).isPositive();
    }

    @Test
    void aWriteThatRedisDidNotTakeIsStillFoundHere() {
        Random random = new Random(7);
        for (int i = 0; i < 40; i++) {
            pass(write(random), Origin.LOCAL);
        }
        check();
        upkeep.run();
        REDIS.pause(true);
        try {
            pass(write(random), Origin.LOCAL);
        } finally {
            REDIS.pause(false);
        }
        assertThat(check()).as("the grid has it").isEqualTo("index");
        proven = false;
        assertThat(check()).as("Redis may lack it").isNotEqualTo("redis");
        proven = true;
        index.pass(new ChangeEvent.Gap(Reason.LOST));
        upkeep.run();
        assertThat(check()).isEqualTo("index");
        proven = false;
        assertThat(check()).isEqualTo("redis");
    }

    @Test
    void withoutRedisTheLastKnownStateIsReadAgainBeforeItIsTooOld() {
        for (int i = 0; i < 60; i++) {
            Vendor vendor = SomeVendors.at("w" + i, HERE);
            dynamo.writeUnannounced(List.of(new Write<>(Vendors.TABLE, vendor)));
            put(vendor);
        }
        shared.begin(SomeVendors.ACME);
        shared.markBuilt(SomeVendors.ACME);
        check();
        upkeep.run();
        assertThat(check()).isEqualTo("index");
        proven = false;
        REDIS.emptied();
        now = now.plus(Duration.ofMinutes(6));
        assertThat(check()).isEqualTo("last_known");
        upkeep.run();
        now = now.plus(Duration.ofMinutes(6));
        assertThat(check()).as("twelve minutes after it was current").isEqualTo("last_known");
        assertThat(found().lastKnownAge()).isEqualTo(Duration.ofMinutes(6));
        now = now.plus(Duration.ofMinutes(5));
        assertThat(check()).as("which is too old").isEqualTo("dynamodb");
        assertThat(check()).isEqualTo("last_known");
    }

    @Test
    void aPageOfTheLastKnownStateHasEachVendorAsItIsAndInOrder() {
        for (int i = 0; i < 6; i++) {
            Vendor vendor = SomeVendors.at("w" + i, new GeoPoint(HERE.latitude() + i / 100.0, HERE.longitude()));
            dynamo.writeUnannounced(List.of(new Write<>(Vendors.TABLE, vendor)));
            put(vendor);
        }
        shared.begin(SomeVendors.ACME);
        shared.markBuilt(SomeVendors.ACME);
        check();
        upkeep.run();
        assertThat(check()).isEqualTo("index");
        proven = false;
        REDIS.emptied();
        // the nearest one drives away, but not far, and the one that comes into the page instead is busy by now
        changeUnheard("w0", Availability.AVAILABLE, new GeoPoint(HERE.latitude() + 0.045, HERE.longitude()));
        changeUnheard("w3", Availability.BUSY, HERE);
        Question question =
                new Question(SomeVendors.ACME, HERE, Meters.ofMiles(15), new VendorFilter(null, true, null), null);
        VendorSearchConnection found = search.search(question, VendorSearch.page(HERE, 3, null));
        assertThat(found.lastKnownAge()).isNotNull();
        assertThat(found.edges()).extracting(edge -> edge.node().id()).containsExactly("w1", "w2", "w4");
        assertThat(found.totalCount()).isEqualTo(5);
        assertThat(search.search(
                                question,
                                VendorSearch.page(
                                        HERE, 3, found.edges().getLast().cursor()))
                        .edges())
                .extracting(edge -> edge.node().id())
                .containsExactly("w0", "w5");
    }

    private void changeUnheard(String id, Availability availability, GeoPoint position) {
        Vendor known =
                Objects.requireNonNull(dynamo.getConsistently(Vendors.TABLE, new VendorKey(SomeVendors.ACME, id)));
        dynamo.writeUnannounced(List.of(new Write<>(Vendors.TABLE, known.declaring(availability, position, now))));
    }

    @Test
    void searchesThatNeedDynamoDbShareOneReadOfTheTenant() throws Exception {
        dynamo.writeUnannounced(List.of(new Write<>(Vendors.TABLE, SomeVendors.at("v", HERE))));
        proven = false;
        AtomicInteger reads = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        onRead = () -> {
            reads.incrementAndGet();
            await(gate);
        };
        List<Future<VendorSearchConnection>> waiting = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                waiting.add(threads.submit(this::found));
            }
            assertThatThrownBy(this::found).as("not for ever").isInstanceOf(Unavailable.class);
            gate.countDown();
        }
        assertThat(reads).as("one list and one batch").hasValue(2);
        assertThat(waiting).allMatch(search -> search.state() != Future.State.RUNNING);
        onRead = () -> {};
        assertThat(found().totalCount()).as("the read went on").isEqualTo(1);
        onRead = () -> {
            throw new IllegalStateException("a failing test read");
        };
        assertThat(found().lastKnownAge()).as("what was read before").isNotNull();
        onRead = () -> {};
        assertThat(found().totalCount()).as("a later one is read anew").isEqualTo(1);
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCrowdOfSearchesDoesNotFloodARedisThatIsTooSlow() {
        Random random = new Random(12);
        for (int i = 0; i < 40; i++) {
            pass(write(random), Origin.LOCAL);
        }
        check();
        upkeep.run();
        proven = false;
        List<Future<VendorSearchConnection>> crowd = new ArrayList<>();
        REDIS.pause(true);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                crowd.add(threads.submit(this::found));
            }
        } finally {
            REDIS.pause(false);
        }
        assertThat(crowd).allMatch(search -> search.resultNow().lastKnownAge() != null);
        assertThat(meters.counter("towline.search.index.failures").count()).isBetween(1.0, 2.0);
        assertThat(check()).as("soon after").isEqualTo("last_known");
        now = now.plusSeconds(1);
        assertThat(check()).isEqualTo("redis");
    }

    @Test
    void theIndexOfATenantThatGrowsIsBuiltBeforeAnybodySearches() {
        for (int i = 0; i < VendorIndex.BUILT_EARLY; i++) {
            pass(write(new Random(i)), Origin.LOCAL);
        }
        upkeep.run();
        assertThat(grids.tenants()).as("nobody has searched").isEmpty();
        // DynamoDB is not asked when the tenant has thousands and is searched for the first time
        onRead = () -> {
            throw new IllegalStateException("a read of DynamoDB");
        };
        for (int i = 0; i < 30; i++) {
            pass(write(new Random(i)), Origin.LOCAL);
        }
        assertThat(check()).isEqualTo("redis");
        upkeep.run();
        assertThat(check()).isEqualTo("index");
    }

    @Test
    void aReconciliationReadsNoFasterThanItMay() {
        Random random = new Random(10);
        for (int i = 0; i < 300; i++) {
            dynamo.writeUnannounced(List.of(new Write<>(Vendors.TABLE, SomeVendors.random(random, "r" + i, HERE))));
        }
        SearchSettings slow = new SearchSettings(
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                3,
                Duration.ofSeconds(3),
                1_000,
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                500);
        long start = System.nanoTime();
        reconcile(slow);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(550));
    }

    @Test
    void aTenantForWhichThereIsNoRoomIsSearchedInRedis() {
        VendorGrids small = new VendorGrids(
                () -> proven,
                SomeVendors.BYTES,
                new SearchSettings(
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10),
                        3,
                        Duration.ofSeconds(3),
                        0,
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        1_000),
                () -> now);
        VendorIndexLoads reads =
                new VendorIndexLoads(index, small, shared, rebuild, metrics, () -> proven, settings, () -> now);
        dynamo.writeUnannounced(List.of(new Write<>(Vendors.TABLE, SomeVendors.at("w0", HERE))));
        assertThat(reads.await(SomeVendors.ACME).size()).as("few are read").isEqualTo(1);
        for (int i = 1; i < 5; i++) {
            dynamo.writeUnannounced(List.of(new Write<>(Vendors.TABLE, SomeVendors.at("w" + i, HERE))));
        }
        assertThatThrownBy(() -> reads.await(SomeVendors.ACME))
                .as("more are not, for one search")
                .isInstanceOf(Unavailable.class);
        assertThat(small.current(SomeVendors.ACME)).isNull();
        assertThat(small.toLoad()).isEmpty();
        small.put(SomeVendors.at("v", HERE));
        assertThat(small.vendors()).isZero();
    }

    @Test
    void aRestoredTableWithOlderVersionsIsWhatCounts() {
        Random random = new Random(4);
        for (int i = 0; i < 40; i++) {
            pass(write(random), Origin.LOCAL);
        }
        check();
        upkeep.run();
        assertThat(check()).isEqualTo("index");
        List<Vendor> before = dynamo.all(Vendors.TABLE);
        before.forEach(vendor -> dynamo.remove(vendor.key()));
        Vendor restored = SomeVendors.at(before.getFirst().id(), HERE);
        dynamo.writeUnannounced(List.of(new Write<>(Vendors.TABLE, restored)));
        epoch = "e2";
        index.pass(new ChangeEvent.Gap(Reason.TABLES_REPLACED));
        check();
        upkeep.run();
        check();
        upkeep.run();
        assertThat(check()).isEqualTo("index");
        assertThat(found().edges()).extracting(edge -> edge.node()).containsExactly(restored);
    }

    private VendorReconciliation work(JobKind kind, int vendorsPerSecond) {
        return new VendorReconciliation(kind, rebuild, vendorsPerSecond);
    }

    private Job reconcile(SearchSettings pace) {
        now = now.plusMillis(1);
        JobRunner runner = jobs.runner(work(JobKind.VENDOR_RECONCILIATION, pace.reconcileVendorsPerSecond()));
        assertThat(runner.runHere(JobKind.VENDOR_RECONCILIATION, null)).isEqualTo(JobStatus.SUCCEEDED);
        return jobs.last();
    }

    private void announce(Entity written) {
        if (written instanceof Vendor vendor) {
            announced.add(vendor.id());
        } else {
            onJob.run();
        }
    }

    /** Writes a vendor at DynamoDB and nowhere else. */
    private Vendor write(Random random) {
        String id = "v" + random.nextInt(VENDORS);
        @Nullable Vendor known = dynamo.getConsistently(Vendors.TABLE, new VendorKey(SomeVendors.ACME, id));
        GeoPoint position = new GeoPoint(51.5 + random.nextInt(-3, 4) / 10.0, -0.1 + random.nextInt(-3, 4) / 10.0);
        Availability availability = List.of(Availability.values()).get(random.nextInt(3));
        Vendor next = known == null ? SomeVendors.at(id, position) : known.declaring(availability, position, now);
        if (known == null || next.version() > known.version()) {
            dynamo.writeUnannounced(List.of(new Write<>(Vendors.TABLE, next)));
        }
        return next;
    }

    /** Puts a vendor in Redis, as its writer does. */
    private void put(Vendor vendor) {
        shared.put(SomeVendors.ACME, List.of(vendor));
    }

    private void pass(Vendor vendor, Origin origin) {
        index.pass(new ChangeEvent.Applied(List.of(new Change(vendor, null)), origin));
    }

    /** Holds what is found to what DynamoDB has, if the search is sure. Returns where it looked. */
    private String check() {
        List<String> before = sources();
        VendorSearchConnection found = found();
        if (found.isUpToDate()) {
            Set<String> expected = dynamo.all(Vendors.TABLE).stream()
                    .filter(vendor -> vendor.availability() == Availability.AVAILABLE
                            && SomeVendors.haversine(HERE, vendor.position()).miles() <= 15)
                    .map(vendor -> vendor.id() + "=" + vendor.version())
                    .collect(Collectors.toSet());
            assertThat(found.edges().stream()
                            .map(edge -> edge.node().id() + "=" + edge.node().version())
                            .collect(Collectors.toSet()))
                    .isEqualTo(expected);
            assertThat(found.totalCount()).isEqualTo(expected.size());
        }
        return sources().stream()
                .filter(source -> !before.contains(source))
                .map(source -> source.substring(0, source.indexOf(' ')))
                .findFirst()
                .orElseThrow();
    }

    private VendorSearchConnection found() {
        Question question =
                new Question(SomeVendors.ACME, HERE, Meters.ofMiles(15), new VendorFilter(null, true, null), null);
        return search.search(question, VendorSearch.page(HERE, 100, null));
    }

    /** Each source with how often it was searched. */
    private List<String> sources() {
        return List.of("index", "redis", "last_known", "dynamodb").stream()
                .map(source -> source + " "
                        + meters.timer("towline.search", "source", source).count())
                .toList();
    }
}
