package dev.towline.cache.eviction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.towline.audit.AuditLog;
import dev.towline.cache.CacheFixture;
import dev.towline.cache.CachePolicy;
import dev.towline.cache.ComputedKey;
import dev.towline.cache.EntityEntry;
import dev.towline.cache.Policies;
import dev.towline.cache.Thing;
import dev.towline.change.MessageKind;
import dev.towline.geo.Area;
import dev.towline.problem.BadInput;
import dev.towline.store.ComputedValue;
import dev.towline.store.EntityRef;
import dev.towline.viewer.Tenant;
import graphql.schema.idl.RuntimeWiring;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The entries that an eviction removes and those that it keeps, on two instances with immediate delivery of messages. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EvictionsTests {

    private static final CachePolicy POLICY = Policies.of("ttlSeconds: 10, scope: PUBLIC");
    private static final Tenant ACME = Thing.ACME;
    private static final Tenant OTHER = new Tenant("other");

    private static final CachedFields FIELDS =
            new CachedFields(Policies.schema("""
                type Query {
                  getThing(id: ID!): Thing @cache(ttlSeconds: 10, scope: PUBLIC)
                  search(near: Float!, filter: Filter, first: Int = 20): Found @cache(ttlSeconds: 60, scope: PUBLIC)
                  count: Int @cache(ttlSeconds: 60, scope: PUBLIC)
                  uncached: Int
                }
                type Thing { id: ID! version: Int! }
                type Found { count: Int }
                input Filter { tag: String most: Int = 5 }
                """, RuntimeWiring.MOCKED_WIRING), List.of(CacheFixture.THINGS));

    /** The connected instances. */
    private final List<One> line = new ArrayList<>();

    private final One a = new One();
    private final One b = new One();

    /** An instance. */
    private final class One {

        final CacheFixture fixture = new CacheFixture();
        final Evictions evictions = evictions(this::tell, () -> line.size() - 1, Duration.ofSeconds(20));

        /** The thread that sends its answers. */
        volatile Executor answering = Runnable::run;

        One() {
            line.add(this);
        }

        Evictions evictions(Consumer<byte[]> publish, IntSupplier others, Duration timeout) {
            return new Evictions(
                    fixture.local,
                    fixture.shared,
                    new Evictions.Others(publish, others, timeout, task -> answering.execute(task)),
                    () -> FIELDS,
                    new AuditLog(InstantSource.system()));
        }

        private void tell(byte[] payload) {
            line.stream().filter(other -> other != this).forEach(other -> received(other.evictions, payload));
        }

        void remember(Tenant tenant, String id) {
            fixture.remember(ref(tenant, id), Thing.of(id, 1));
        }

        boolean remembers(Tenant tenant, String id) {
            return fixture.isRemembered(ref(tenant, id));
        }

        void compute(ComputedKey key, EntityRef... madeFrom) {
            fixture.compute(key, POLICY, () -> new Found(Set.of(madeFrom))).join();
        }

        boolean remembers(ComputedKey key) {
            return fixture.isRemembered(key);
        }
    }

    private record Found(Set<EntityRef> madeFrom) implements ComputedValue {

        @Override
        public @Nullable Area lookedIn() {
            return null;
        }

        @Override
        public boolean isUpToDate() {
            return true;
        }
    }

    @Test
    void evictsOneEntityOnAllInstancesAndCountsTheEntries() {
        for (One each : line) {
            each.remember(ACME, "t1");
            each.remember(ACME, "t2");
            each.remember(OTHER, "t1");
        }
        assertThat(evict(Map.of("entity", "thing:t1"))).isEqualTo(new EvictCacheResult(2, 2));
        for (One each : line) {
            assertThat(each.remembers(ACME, "t1")).isFalse();
            assertThat(each.remembers(ACME, "t2")).isTrue();
            assertThat(each.remembers(OTHER, "t1")).isTrue();
        }
    }

    @Test
    void evictsAllOfAKindInTheTenant() {
        a.remember(ACME, "t1");
        b.remember(ACME, "t2");
        b.remember(OTHER, "t1");
        assertThat(evict(Map.of("entity", "thing"))).isEqualTo(new EvictCacheResult(2, 2));
        assertThat(b.remembers(OTHER, "t1")).isTrue();
    }

    @Test
    void evictsValuesComputedFromAnEntity() {
        ComputedKey from = search(Map.of("near", 1.0));
        ComputedKey of = new ComputedKey("Thing.field", "acme", null, ref(ACME, "t1"), Map.of());
        ComputedKey beside = search(Map.of("near", 2.0));
        a.compute(from, ref(ACME, "t1"), ref(ACME, "t2"));
        a.compute(of);
        a.compute(beside, ref(ACME, "t2"));
        assertThat(evict(Map.of("entity", "thing:t1")).evicted()).isEqualTo(2);
        assertThat(a.remembers(from)).isFalse();
        assertThat(a.remembers(of)).isFalse();
        assertThat(a.remembers(beside)).isTrue();
    }

    @Test
    void evictsAllEntriesOfOneTenantOnly() {
        ComputedKey others = new ComputedKey("Query.search", "other", null, null, Map.of("near", 1.0));
        a.remember(ACME, "t1");
        a.remember(OTHER, "t1");
        a.compute(search(Map.of("near", 1.0)));
        a.compute(others);
        assertThat(evict(Map.of("all", true)).evicted()).isEqualTo(2);
        assertThat(a.remembers(OTHER, "t1")).isTrue();
        assertThat(a.remembers(others)).isTrue();
    }

    @Test
    void evictsOneFieldOnly() {
        ComputedKey count = new ComputedKey("Query.count", "acme", null, null, Map.of());
        ComputedKey others = new ComputedKey("Query.search", "other", null, null, Map.of("near", 1.0));
        a.compute(search(Map.of("near", 1.0)));
        b.compute(search(Map.of("near", 2.0)));
        a.compute(count);
        a.compute(others);
        a.remember(ACME, "t1");
        assertThat(evict(Map.of("field", "Query.search"))).isEqualTo(new EvictCacheResult(2, 2));
        assertThat(a.remembers(count)).isTrue();
        assertThat(a.remembers(others)).isTrue();
        assertThat(a.remembers(ACME, "t1")).isTrue();
    }

    @Test
    void evictsAFieldWithEntitiesByKindOrById() {
        a.remember(ACME, "t1");
        a.remember(ACME, "t2");
        a.remember(ACME, "t3");
        assertThat(evict(Map.of("field", "Query.getThing", "arguments", Map.of("id", "t1")))
                        .evicted())
                .isEqualTo(1);
        assertThat(a.remembers(ACME, "t1")).isFalse();
        assertThat(evict(Map.of("field", "Query.getThing")).evicted()).isEqualTo(2);
    }

    @Test
    void evictsEntriesWithAtLeastTheseArguments() {
        ComputedKey near = search(Map.of("near", 1.0, "filter", Map.of("tag", "x", "most", 5), "first", 3));
        ComputedKey plain = search(Map.of("near", 1.0));
        ComputedKey far = search(Map.of("near", 2.0));
        a.compute(near);
        a.compute(plain);
        a.compute(far);
        // Coerced as in a query: 1 becomes 1.0 for a Float, and the filter gets its default.
        assertThat(evict(search(Map.of("near", 1), Map.of("tag", "x"))).evicted())
                .isEqualTo(1);
        assertThat(a.remembers(near)).isFalse();
        assertThat(evict(Map.of("field", "Query.search", "arguments", Map.of("near", 1)))
                        .evicted())
                .isEqualTo(1);
        assertThat(a.remembers(plain)).isFalse();
        assertThat(a.remembers(far)).isTrue();
    }

    @Test
    void treatsADefaultArgumentAsAbsent() {
        ComputedKey three = search(Map.of("near", 1.0, "first", 3));
        ComputedKey plain = search(Map.of("near", 1.0));
        a.compute(three);
        a.compute(plain);
        assertThat(evict(Map.of("field", "Query.search", "arguments", Map.of("first", 20)))
                        .evicted())
                .isEqualTo(1);
        assertThat(a.remembers(three)).isTrue();
        assertThat(a.remembers(plain)).isFalse();
    }

    @Test
    void supersedesInFlightLoads() {
        CountDownLatch gate = new CountDownLatch(1);
        a.fixture.store(Thing.version(1));
        a.fixture.onRead = () -> pass(gate);
        CompletableFuture<EntityEntry> early = load();
        await().until(() -> a.fixture.reads.size() == 1);
        evict(Map.of("entity", "thing:t1"));
        CompletableFuture<EntityEntry> late = load();
        await().until(() -> a.fixture.reads.size() == 2);
        a.fixture.onRead = null;
        gate.countDown();
        early.join();
        late.join();
        evict(Map.of("entity", "thing:t1"));

        a.fixture.onRead = () -> evict(Map.of("all", true));
        load().join();
        assertThat(a.remembers(ACME, "t1")).isFalse();
    }

    @Test
    void supersedesInFlightComputations() {
        ComputedKey key = search(Map.of("near", 1.0));
        for (Map<String, Object> what : List.<Map<String, Object>>of(
                Map.of("all", true), Map.of("entity", "thing:t1"), Map.of("field", "Query.search"))) {
            a.fixture
                    .compute(key, POLICY, () -> {
                        evict(what);
                        return new Found(Set.of());
                    })
                    .join();
            assertThat(a.remembers(key)).as("%s", what).isFalse();
        }
    }

    @Test
    void waitsForTheOtherInstances() {
        CountDownLatch gate = new CountDownLatch(1);
        b.remember(ACME, "t1");
        b.answering = answer -> Thread.ofVirtual().start(() -> {
            pass(gate);
            answer.run();
        });
        CompletableFuture<EvictCacheResult> result = CompletableFuture.supplyAsync(() -> evict(Map.of("all", true)));
        await().until(() -> !b.remembers(ACME, "t1"));
        await().during(Duration.ofMillis(100)).until(() -> !result.isDone());
        gate.countDown();
        assertThat(result.join()).isEqualTo(new EvictCacheResult(1, 2));
    }

    @Test
    void waitsForTheOtherInstancesUntilTheTimeout() {
        a.remember(ACME, "t1");
        Evictions alone = a.evictions(_ -> {}, () -> 2, Duration.ofMillis(100));
        assertThat(alone.evict(ACME, EvictCacheInput.of(Map.of("all", true)))).isEqualTo(new EvictCacheResult(1, 1));
    }

    @Test
    void doesNotWaitWithoutOtherInstances() {
        line.remove(b);
        a.remember(ACME, "t1");
        assertThat(evict(Map.of("all", true))).isEqualTo(new EvictCacheResult(1, 1));
    }

    @Test
    void ignoresALateAnswer() {
        a.remember(ACME, "t1");
        received(a.evictions, MessageKind.EVICTED.encode(new Evictions.Done(17, 3)));
        assertThat(a.remembers(ACME, "t1")).isTrue();
    }

    @Test
    void confirmsACommandForAnUnknownField() {
        EvictCacheInput unknown = EvictCacheInput.of(Map.of("field", "Query.newer"));
        List<byte[]> said = new ArrayList<>();
        Evictions old = a.evictions(said::add, () -> 1, Duration.ofSeconds(1));
        received(old, MessageKind.EVICT.encode(new Evictions.Command(5, ACME.name(), unknown)));
        assertThat(said)
                .singleElement()
                .satisfies(
                        payload -> assertThat(payload).isEqualTo(MessageKind.EVICTED.encode(new Evictions.Done(5, 0))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "thing2        |               | input.entity",
                "thing:        |               | input.entity",
                "              | Query.uncached| input.field",
                "              | Query.none    | input.field"
            })
    void namesAnUnknownKindOrField(@Nullable String entity, @Nullable String field, String argument) {
        assertBadInput(new EvictCacheInput(entity, field, null, false), argument);
    }

    @Test
    void namesInvalidArguments() {
        for (Map<String, Object> arguments : List.<Map<String, Object>>of(
                Map.of("nowhere", 1), Map.of("near", "x"), Map.of("filter", Map.of("tags", "x")))) {
            assertBadInput(
                    EvictCacheInput.of(Map.of("field", "Query.search", "arguments", arguments)), "input.arguments");
        }
        for (Map<String, Object> arguments : List.<Map<String, Object>>of(
                Map.of("id", 3), Map.of("id", ""), Map.of("id", "t1", "more", 1), Map.of("ids", List.of("t1")))) {
            assertBadInput(
                    EvictCacheInput.of(Map.of("field", "Query.getThing", "arguments", arguments)), "input.arguments");
        }
    }

    private void assertBadInput(EvictCacheInput input, String argument) {
        assertThatThrownBy(() -> a.evictions.evict(ACME, input))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        problem -> assertThat(problem.argument()).isEqualTo(argument));
    }

    private EvictCacheResult evict(Map<String, ?> input) {
        return a.evictions.evict(ACME, EvictCacheInput.of(input));
    }

    private CompletableFuture<EntityEntry> load() {
        return a.fixture.load(CacheFixture.THINGS, Thing.version(1).key());
    }

    private static Map<String, Object> search(Map<String, Object> arguments, Map<String, Object> filter) {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("filter", filter);
        return Map.of("field", "Query.search", "arguments", all);
    }

    private static ComputedKey search(Map<String, Object> arguments) {
        return new ComputedKey("Query.search", "acme", null, null, arguments);
    }

    private static EntityRef ref(Tenant tenant, String id) {
        return new EntityRef("thing", tenant, id);
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Passes a message as the bus does, after its header. */
    private static void received(Evictions evictions, byte[] payload) {
        evictions.received(kind(payload), body(payload));
    }

    private static MessageKind kind(byte[] payload) {
        return payload[1] == 2 ? MessageKind.EVICT : MessageKind.EVICTED;
    }

    private static InputStream body(byte[] payload) {
        return new ByteArrayInputStream(payload, 2, payload.length - 2);
    }
}
