package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.cache.shared.FakeShared;
import dev.towline.store.Change;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * All interleavings of a writer, searches on two instances and the message between them, with shared computed values and reads that lag
 * behind.
 */
class SharedInterleavingsTests {

    private static final CachePolicy POLICY = Policies.of("ttlSeconds: 60, scope: PUBLIC");
    private static final ComputedKey KEY = new ComputedKey(AroundCodec.FIELD, "acme", null, null, Map.of());

    @Test
    void oneInstanceSearchesWhileTheOtherWrites() {
        explore(world -> {
            world.search(world.reader);
            world.write();
        });
    }

    @Test
    void theWriterSearchesToo() {
        explore(world -> {
            world.search(world.writer);
            world.write();
        });
    }

    private static void explore(Consumer<World> scenario) {
        AtomicInteger answers = new AtomicInteger();
        int orders = Interleavings.explore(schedule -> {
            World world = new World(schedule, answers);
            scenario.accept(world);
            return world::check;
        });
        assertThat(orders).as("orders").isGreaterThan(100);
        assertThat(answers.get()).as("answers").isGreaterThanOrEqualTo(orders);
    }

    /** Two instances and their shared tier; a third instance checks the remaining shared values. */
    private static final class World {

        private final Interleavings schedule;
        private final AtomicInteger answers;
        private final FakeShared redis = new FakeShared(() -> this.later().now);
        private final CacheFixture later = new CacheFixture(Runnable::run, redis);
        private final Instance writer = new Instance();
        private final Instance reader = new Instance();
        private int stored = 1;
        private @Nullable String wrong;

        World(Interleavings schedule, AtomicInteger answers) {
            this.schedule = schedule;
            this.answers = answers;
            List<CacheFixture> all = List.of(writer.fixture, reader.fixture, later);
            all.forEach(each -> each.sharing.hold());
            all.forEach(each -> each.now = each.now.plus(CacheFixture.LEASE).plus(CacheFixture.LEASE));
            all.forEach(each -> each.sharing.hold());
        }

        private CacheFixture later() {
            return later;
        }

        private final class Instance {

            final CacheFixture fixture = new CacheFixture(this::load, redis);
            final ComputedEntries entries = new ComputedEntries(1_000_000, (_, _) -> {});
            final ComputedCache computed =
                    new ComputedCache(entries, fixture.shared, fixture.freshness, () -> fixture.now, this::load);
            final Coherence coherence = new Coherence(
                    fixture, computed, changes -> schedule.start("bus", _ -> reader().hear(changes)), () -> true);

            /** Later searches must not return an older version. */
            int known = 1;

            private void load(Runnable load) {
                schedule.start("load", _ -> load.run());
            }

            void hear(List<Change> changes) {
                coherence.received(changes);
                known = 2;
            }

            Object compute() {
                schedule.pause();
                // The oldest result of an eventually consistent read; never older than what this instance knows.
                int version = Math.max(1, fixture.floors.of(Truck.ref("k1")));
                schedule.pause();
                return Around.of(Truck.at(Around.INSIDE, version));
            }
        }

        private Instance reader() {
            return reader;
        }

        void search(Instance instance) {
            schedule.start("search", _ -> {
                redis.onTagged = schedule::pause;
                int least = instance.known;
                var _ = instance.computed
                        .get(KEY, POLICY, instance::compute, _ -> {})
                        .whenComplete((found, failure) -> {
                            answers.incrementAndGet();
                            int version = failure == null ? version(found) : 0;
                            if (version < least) {
                                wrong = "answered " + version + " to whom " + least + " was due";
                            }
                        });
            });
        }

        void write() {
            schedule.start("writer", _ -> {
                redis.onTagged = schedule::pause;
                Truck before = Truck.at(Around.INSIDE, 1);
                Truck now = Truck.at(Around.INSIDE, 2);
                writer.fixture.floors.raise(Truck.ref("k1"), 2);
                schedule.pause();
                writer.coherence.changed(List.of(new Change(now, before)));
                writer.known = 2;
                stored = 2;
            });
        }

        void check() {
            assertThat(wrong).isNull();
            for (Instance instance : List.of(writer, reader)) {
                ComputedEntry entry = instance.entries.get(KEY);
                if (entry != null) {
                    assertThat(version(entry.value())).as("cached").isGreaterThanOrEqualTo(instance.known);
                }
            }
            Runnable onTagged = redis.onTagged;
            redis.onTagged = null;
            ComputedEntry left = later.shared.find(KEY).entry();
            redis.onTagged = onTagged;
            if (left != null) {
                assertThat(version(left.value()))
                        .as("shared after the write was acknowledged")
                        .isGreaterThanOrEqualTo(stored);
            }
        }

        private static int version(Object around) {
            return ((Around) around).trucks().getFirst().version();
        }
    }
}
