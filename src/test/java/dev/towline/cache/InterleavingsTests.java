package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.cache.answer.AnswerSettings;
import dev.towline.cache.answer.Answers;
import dev.towline.cache.answer.Question;
import dev.towline.cache.answer.RequestBytes;
import dev.towline.cache.answer.StoredAnswer;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.EntityRef;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.util.unit.DataSize;

/**
 * All interleavings of reads, writes, messages, gaps and expiry: no read returns a version older than was known when it began, and an
 * entry is never replaced by an older one. Some scenarios have tens of thousands of interleavings, so they run side by side.
 */
@Execution(ExecutionMode.CONCURRENT)
class InterleavingsTests {

    private static final EntityRef TRUCK = Truck.ref("k1");
    private static final ComputedKey AROUND = new ComputedKey("Query.around", "acme", null, null, Map.of());
    private static final Viewer VIEWER = new Viewer(Role.DISPATCHER, "dora", Thing.ACME);
    private static final Question OF_TRUCK = new Question("{ truck }", null, Map.of(), "");
    private static final Question OF_SEARCH = new Question("{ around }", null, Map.of(), "");
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

    @Test
    void answersAndAWriter() {
        explore(world -> {
            world.answer("answer");
            world.write(1);
        });
    }

    @Test
    void answersAndTwoWrites() {
        explore(world -> {
            world.answer("answer");
            world.write(2);
        });
    }

    @Test
    void answersAndMessagesInTheWrongOrder() {
        explore(world -> {
            world.answer("answer");
            world.hear(3, 2);
        });
    }

    @Test
    void answersAndAGap() {
        explore(world -> {
            world.answer("answer");
            world.miss();
        });
    }

    @Test
    void answersAndAWriterAndEviction() {
        explore(world -> {
            world.answer("answer");
            world.write(1);
            world.start("eviction", () -> world.fixture.entries.evict(TRUCK));
        });
    }

    @Test
    void answersAndAReaderAndAWriterAndAGap() {
        explore(world -> {
            world.answer("answer");
            world.read("reader");
            world.miss();
        });
    }

    @Test
    void answersWithASearchAndAWriter() {
        explore(world -> {
            world.answerAround("answer");
            world.write(1);
        });
    }

    @Test
    void answersWithASearchAndMessages() {
        explore(world -> {
            world.answerAround("answer");
            world.hear(2, 3);
        });
    }

    @Test
    void answersWithASearchAndAGap() {
        explore(world -> {
            world.answerAround("answer");
            world.miss();
        });
    }

    @Test
    void answersAreGivenAgain() {
        World world = new World(null, new AtomicInteger());
        world.whole();
        world.whole();
        world.wholeAround();
        world.wholeAround();
        assertThat(world.wrong).isNull();
        assertThat(world.given).as("given again").isEqualTo(2);
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

        private final @Nullable Interleavings schedule;
        private final AtomicInteger answers;
        private final CacheFixture fixture;
        private final ComputedEntries derivedEntries = new ComputedEntries(1_000_000, (_, _) -> {});
        private final ComputedCache computed;
        private final Coherence coherence;
        private final Answers<Integer> wholes;
        private final CachedField field;

        /** Later reads must not return an older version. */
        private int known = 1;

        private int remembered;

        /** How many whole answers were given again. */
        private int given;

        private @Nullable String wrong;

        /** @param schedule null for loads on the thread of the caller */
        World(@Nullable Interleavings schedule, AtomicInteger answers) {
            this.schedule = schedule;
            this.answers = answers;
            fixture = new CacheFixture(this::load);
            field = new CachedField(POLICY, fixture.metrics);
            fixture.beforeRead = this::pause;
            fixture.onRead = this::pause;
            fixture.store(truck(1));
            computed = new ComputedCache(derivedEntries, fixture.freshness, () -> fixture.now, this::load);
            coherence = new Coherence(fixture, computed, _ -> {}, () -> true);
            wholes = new Answers<>(
                    new AnswerSettings(true, DataSize.ofMegabytes(1)),
                    _ -> 4,
                    () -> fixture.now,
                    fixture.metrics,
                    fixture.meters);
        }

        void start(String name, Runnable step) {
            if (schedule == null) {
                step.run();
            } else {
                schedule.start(name, _ -> step.run());
            }
        }

        private void pause() {
            if (schedule != null) {
                schedule.pause();
            }
        }

        /** Starts somebody who asks for a whole answer twice. */
        void answer(String name) {
            start(name, () -> {
                whole();
                pause();
                whole();
            });
        }

        /** Starts somebody who asks twice for a whole answer with a search. */
        void answerAround(String name) {
            start(name, () -> {
                wholeAround();
                pause();
                wholeAround();
            });
        }

        void read(String name) {
            start(name, () -> {
                ask();
            });
        }

        void search(String name) {
            start(name, () -> {
                askAround();
            });
        }

        /**
         * Starts a writer of this instance.
         *
         * @param times the number of consecutive writes
         */
        void write(int times) {
            start("writer", () -> {
                for (int i = 0; i < times; i++) {
                    if (i > 0) {
                        pause();
                    }
                    Truck before = stored();
                    int version = before.version() + 1;
                    fixture.store(truck(version));
                    pause();
                    fixture.floors.raise(TRUCK, version);
                    pause();
                    coherence.changed(List.of(new Change(truck(version), before)));
                    known = Math.max(known, version);
                }
            });
        }

        /** Starts a receiver of messages about these versions, in this order. */
        void hear(int... versions) {
            start("bus", () -> {
                for (int version : versions) {
                    if (version != versions[0]) {
                        pause();
                    }
                    if (stored().version() < version) {
                        fixture.store(truck(version));
                    }
                    pause();
                    coherence.received(List.of(new Change(truck(version), truck(version - 1))));
                    known = Math.max(known, version);
                }
            });
        }

        /** Starts a write of another instance whose message is lost. */
        void miss() {
            start("bus", () -> {
                int version = stored().version() + 1;
                fixture.store(truck(version));
                pause();
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
            for (Question question : List.of(OF_TRUCK, OF_SEARCH)) {
                if (wholes.has(question, VIEWER)) {
                    assertThat(wholes.find(question, VIEWER))
                            .as("whole answer")
                            .hasValueSatisfying(
                                    answer -> assertThat(answer.content()).isGreaterThanOrEqualTo(known));
                }
            }
        }

        private void whole() {
            if (!isGivenAgain(OF_TRUCK)) {
                ask(truck -> keep(OF_TRUCK, truck, fixture.cache.ingredient(field, truck(1).key(), truck)));
            }
        }

        private void wholeAround() {
            if (!isGivenAgain(OF_SEARCH)) {
                askAround(around -> keep(OF_SEARCH, around, computed.ingredient(field, AROUND, around)));
            }
        }

        private boolean isGivenAgain(Question question) {
            int least = known;
            Optional<StoredAnswer<Integer>> answer = wholes.find(question, VIEWER);
            answer.ifPresent(found -> {
                given++;
                answered(found.content(), least);
            });
            return answer.isPresent();
        }

        private void keep(Question question, Object value, @Nullable Ingredient ingredient) {
            Provenance provenance = new Provenance();
            provenance.add(false, ingredient);
            // It is encoded meanwhile.
            pause();
            int version = value instanceof Truck truck ? truck.version() : version(value);
            wholes.keep(new RequestBytes(new byte[0], question.document()), question, VIEWER, provenance, version, 1);
        }

        private void ask() {
            ask(_ -> {});
        }

        private void ask(Consumer<Truck> listener) {
            int least = known;
            Truck.Key key = truck(1).key();
            EntityEntry entry = fixture.cache.get(key);
            LookupResult result = fixture.cache.lookup(key, entry, POLICY);
            if (entry != null && result.serves()) {
                answered(entry.version(), least);
                listener.accept((Truck) Objects.requireNonNull(entry.value()));
                return;
            }
            fixture.cache
                    .read(Truck.TABLE, Set.of(key), Map.of(key, new KeyContext(POLICY, result, null)))
                    .whenComplete((found, failure) -> {
                        Truck truck = failure == null ? found.get(key) : null;
                        answered(truck == null ? 0 : truck.version(), least);
                        if (truck != null) {
                            listener.accept(truck);
                        }
                    });
        }

        private void askAround() {
            askAround(_ -> {});
        }

        private void askAround(Consumer<Object> listener) {
            int least = known;
            var _ = computed.get(AROUND, POLICY, this::look, _ -> {}).whenComplete((around, failure) -> {
                answered(failure == null ? version(around) : 0, least);
                if (failure == null) {
                    listener.accept(around);
                }
            });
        }

        private Object look() {
            pause();
            Truck found = stored();
            pause();
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
            start("load", load);
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
