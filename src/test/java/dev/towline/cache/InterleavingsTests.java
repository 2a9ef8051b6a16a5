package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.Change;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.EntityRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * All interleavings of reads, writes, messages, gaps and expiry: no read returns a version older than was known when it began, and an
 * entry is never replaced by an older one.
 */
class InterleavingsTests {

    private static final EntityRef TRUCK = Truck.ref("k1");
    private static final ComputedKey AROUND = new ComputedKey("Query.around", "acme", null, null, Map.of());
    private static final CachePolicy POLICY = Policies.of("ttlSeconds: 10, scope: PUBLIC, staleSeconds: 10");

    @Test
    void readersAndAWriter() {
        explore(world -> {
            world.read("reader");
            world.read("another reader");
            world.write(1);
        });
    }

    @Test
    void readerAndTwoWrites() {
        explore(world -> {
            world.read("reader");
            world.write(2);
        });
    }

    @Test
    void readersAndAWriterWhoseValueIsEvicted() {
        explore(world -> {
            world.read("reader");
            world.write(1);
            world.start("eviction", () -> world.fixture.entries.evict(TRUCK));
        });
    }

    @Test
    void readersAndMessagesInTheWrongOrder() {
        explore(world -> {
            world.read("reader");
            world.hear(3, 2);
        });
    }

    @Test
    void readersAndAWriterAndAMessage() {
        explore(world -> {
            world.read("reader");
            world.write(1);
            world.hear(3);
        });
    }

    @Test
    void readersAndALostMessage() {
        explore(world -> {
            world.read("reader");
            world.read("another reader");
            world.miss();
        });
    }

    @Test
    void readersAndAWriterAndAGap() {
        explore(world -> {
            world.read("reader");
            world.write(1);
            world.miss();
        });
    }

    @Test
    void readersAndExpiry() {
        explore(world -> {
            world.read("reader");
            world.start("time", () -> world.fixture.now = world.fixture.now.plusSeconds(12));
            world.write(1);
        });
    }

    @Test
    void searchesAndAWriter() {
        explore(world -> {
            world.search("search");
            world.search("another search");
            world.write(1);
        });
    }

    @Test
    void searchAndMessages() {
        explore(world -> {
            world.search("search");
            world.hear(2, 3);
        });
    }

    @Test
    void searchesAndAGap() {
        explore(world -> {
            world.search("search");
            world.search("another search");
            world.miss();
        });
    }

    @Test
    void searchAndAWriterAndEviction() {
        explore(world -> {
            world.search("search");
            world.write(1);
            world.start("eviction", () -> world.computed.evictIf(_ -> true, (_, _) -> true));
        });
    }

    private static void explore(Consumer<World> scenario) {
        AtomicInteger answers = new AtomicInteger();
        int orders = Interleavings.explore(schedule -> {
            World world = new World(schedule, answers);
            scenario.accept(world);
            return world::check;
        });
        assertThat(orders).as("orders").isGreaterThan(20);

        assertThat(answers.get()).as("answers").isGreaterThanOrEqualTo(orders);
    }

    /** An instance that has cached the first version of a truck, or nothing. */
    private static final class World {

        private final Interleavings schedule;
        private final AtomicInteger answers;
        private final CacheFixture fixture;
        private final ComputedEntries derivedEntries = new ComputedEntries(1_000_000, (_, _) -> {});
        private final ComputedCache computed;
        private final Coherence coherence;

        /** Later reads must not return an older version. */
        private int known = 1;

        private int remembered;
        private @Nullable String wrong;

        World(Interleavings schedule, AtomicInteger answers) {
            this.schedule = schedule;
            this.answers = answers;
            fixture = new CacheFixture(this::load);
            fixture.beforeRead = schedule::pause;
            fixture.onRead = schedule::pause;
            fixture.store(truck(1));
            computed =
                    new ComputedCache(derivedEntries, fixture.shared, fixture.freshness, () -> fixture.now, this::load);
            coherence = new Coherence(fixture, computed, _ -> {}, () -> true);
        }

        void start(String name, Runnable step) {
            schedule.start(name, _ -> step.run());
        }

        void read(String name) {
            schedule.start(name, _ -> {
                ask();
            });
        }

        void search(String name) {
            schedule.start(name, _ -> {
                askAround();
            });
        }

        /**
         * Starts a writer of this instance.
         *
         * @param times the number of consecutive writes
         */
        void write(int times) {
            schedule.start("writer", _ -> {
                for (int i = 0; i < times; i++) {
                    if (i > 0) {
                        schedule.pause();
                    }
                    Truck before = stored();
                    int version = before.version() + 1;
                    fixture.store(truck(version));
                    schedule.pause();
                    fixture.floors.raise(TRUCK, version);
                    schedule.pause();
                    coherence.changed(List.of(new Change(truck(version), before)));
                    known = Math.max(known, version);
                }
            });
        }

        /** Starts a receiver of messages about these versions, in this order. */
        void hear(int... versions) {
            schedule.start("bus", _ -> {
                for (int version : versions) {
                    if (version != versions[0]) {
                        schedule.pause();
                    }
                    if (stored().version() < version) {
                        fixture.store(truck(version));
                    }
                    schedule.pause();
                    coherence.received(List.of(new Change(truck(version), truck(version - 1))));
                    known = Math.max(known, version);
                }
            });
        }

        /** Starts a write of another instance whose message is lost. */
        void miss() {
            schedule.start("bus", _ -> {
                int version = stored().version() + 1;
                fixture.store(truck(version));
                schedule.pause();
                coherence.missed(Reason.LOST);
                known = Math.max(known, version);
            });
        }

        void check() {
            assertThat(wrong).isNull();
            EntityEntry entry = fixture.entries.get(TRUCK);
            if (entry != null) {
                assertThat(entry.version()).as("cached").isGreaterThanOrEqualTo(Math.max(known, remembered));
            }
            remembered = entry == null ? 0 : entry.version();
            ComputedEntry around = derivedEntries.get(AROUND);
            if (around != null) {
                assertThat(version(around.value())).as("cached computed value").isGreaterThanOrEqualTo(known);
            }
        }

        private void ask() {
            int least = known;
            Truck.Key key = truck(1).key();
            EntityEntry entry = fixture.cache.get(key);
            LookupResult result = fixture.cache.lookup(key, entry, POLICY);
            if (entry != null && result.serves()) {
                answered(entry.version(), least);
                return;
            }
            fixture.cache
                    .read(Truck.TABLE, Set.of(key), Map.of(key, new KeyContext(POLICY, result, null)))
                    .whenComplete((found, failure) -> answered(
                            failure == null
                                    ? Objects.requireNonNull(found.get(key)).version()
                                    : 0,
                            least));
        }

        private void askAround() {
            int least = known;
            var _ = computed.get(AROUND, POLICY, this::look, _ -> {})
                    .whenComplete((around, failure) -> answered(failure == null ? version(around) : 0, least));
        }

        private Object look() {
            schedule.pause();
            Truck found = stored();
            schedule.pause();
            return Around.of(found);
        }

        /** Records an answer for {@link #check}, because an exception here would be lost in a future. */
        private void answered(int version, int least) {
            answers.incrementAndGet();
            if (version < least) {
                wrong = "answered " + version + " to whom " + least + " was due";
            }
        }

        private void load(Runnable load) {
            schedule.start("load", _ -> load.run());
        }

        private Truck stored() {
            return (Truck) Objects.requireNonNull(fixture.stored.get(truck(1).key()));
        }

        private static int version(Object around) {
            return ((Around) around).trucks().getFirst().version();
        }

        private static Truck truck(int version) {
            return Truck.at(Around.INSIDE, version);
        }
    }
}
