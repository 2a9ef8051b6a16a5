package dev.towline.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.change.Fleet;
import dev.towline.incident.Incidents;
import dev.towline.store.Change;
import dev.towline.tracking.SomeSessions;
import dev.towline.vendor.Vendor;
import dev.towline.vendor.Vendors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Boards that follow the documented procedure miss nothing and get nothing twice, in whatever order instances write, hear, start, stop and
 * are killed, and however often the boards change from one instance to another.
 */
class BoardInterleavingTests {

    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final int RUNS = 200;
    private static final int STEPS = 400;

    @ParameterizedTest
    @CsvSource({"5, 1", "1000, 1", "5, 2", "1000, 2"})
    void missNothingAndGetNothingTwice(int logSize, int shards) {
        int resumed = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            resumed += new Run(seed, logSize, shards).run();
        }
        assertThat(resumed).as("boards that resumed without a RESET").isGreaterThan(RUNS / 10);
    }

    /** For one thread. */
    private static final class Run {

        private final int seed;
        private final int logSize;
        private final Random random;

        /** The percentage of steps that are not as usual. */
        private final int trouble;

        private final List<String> trace = new ArrayList<>();
        private final Fleet fleet;
        private final Map<String, List<Stored>> stored = new HashMap<>();
        private final List<Instance> instances = new ArrayList<>();
        private final List<Client> clients = new ArrayList<>();

        private record Stored(Instant at, int version) {}

        Run(int seed, int logSize, int shards) {
            fleet = new Fleet(List.of(Incidents.TABLE, Vendors.TABLE, SomeSessions.TABLE), shards);
            this.seed = seed;
            this.logSize = logSize;
            random = new Random(seed);
            trouble = random.nextInt(8);
            start();
            start();
            for (int i = 0; i < 3; i++) {
                clients.add(new Client());
            }
        }

        /** Returns how often a board resumed without a RESET. */
        int run() {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            settle();
            settle();
            clients.forEach(Client::assertHasSeenAll);
            return clients.stream().mapToInt(client -> client.resumed).sum();
        }

        private void step() {
            Instance instance = any(instances);
            if (random.nextInt(100) < trouble) {
                trouble(instance);
                return;
            }
            int way = random.nextInt(100);
            if (way < 25) {
                instance.write();
            } else if (way < 35) {
                instance.announce();
            } else if (way < 55) {
                IntStream.range(0, random.nextInt(8)).forEach(_ -> instance.running.hear());
            } else if (way < 65) {
                fleet.pass(Duration.ofMillis(250L * (1 + random.nextInt(3))));
            } else if (way < 70) {
                fleet.hearAll();
            } else {
                any(clients).step();
            }
        }

        private void trouble(Instance instance) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    if (instances.size() < 4) {
                        start();
                    }
                }
                case 2, 3 -> {
                    if (instances.size() > 1) {
                        end(instance, random.nextInt(3) == 0);
                    }
                }
                case 4 -> {
                    instance.running.connect(false);
                    trace.add(instance + " unheard");
                }
                default -> {
                    instance.running.subscribeAgain();
                    trace.add(instance + " subscribes again");
                }
            }
            if (random.nextBoolean()) {
                instances.forEach(each -> each.running.connect(true));
                trace.add("all heard");
            }
        }

        /** Nothing more is written, and all is heard. */
        private void settle() {
            instances.forEach(instance -> instance.running.connect(true));
            instances.forEach(instance -> {
                while (!instance.unannounced.isEmpty()) {
                    instance.announce();
                }
            });
            for (int beats = 0; beats < 60; beats++) {
                fleet.hearAll();
                fleet.pass(Fleet.BEAT);
            }
            fleet.hearAll();
            clients.forEach(Client::settle);
        }

        private void start() {
            DispatchLog log = new DispatchLog(
                    new DispatchSettings(logSize, DELAY),
                    fleet.clock(),
                    new DispatchMetrics(new SimpleMeterRegistry()),
                    new ManualThreads());
            instances.add(new Instance(log, fleet.start(log)));
        }

        private void end(Instance instance, boolean killed) {
            trace.add(instance + (killed ? " is killed" : " stops"));
            if (killed) {
                instance.running.kill();
            } else {
                while (!instance.unannounced.isEmpty()) {
                    instance.announce();
                }
                instance.running.stop();
            }
            instances.remove(instance);
            clients.stream().filter(client -> client.at == instance).forEach(Client::connect);
        }

        private <T> T any(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        private final class Instance {

            private final DispatchLog log;
            private final Fleet.Running running;
            private final ArrayDeque<List<Change>> unannounced = new ArrayDeque<>();

            Instance(DispatchLog log, Fleet.Running running) {
                this.log = log;
                this.running = running;
            }

            @Override
            public String toString() {
                return running.toString();
            }

            void write() {
                List<Vendor> vendors = new ArrayList<>();
                Set<String> ids = new HashSet<>();
                for (int i = 0; i <= random.nextInt(3); i++) {
                    ids.add("v" + random.nextInt(6));
                }
                ids.forEach(id -> {
                    List<Stored> states = stored.computeIfAbsent(id, _ -> new ArrayList<>());
                    states.add(new Stored(fleet.clock().instant(), states.size() + 1));
                    vendors.add(Writes.vendor(id, states.size()));
                });
                unannounced.add(Writes.write(vendors.toArray(Vendor[]::new)));
                if (random.nextInt(4) > 0) {
                    announce();
                }
            }

            void announce() {
                List<Change> next = random.nextBoolean() ? unannounced.pollFirst() : unannounced.pollLast();
                if (next != null) {
                    trace.add(this + " announces "
                            + next.stream()
                                    .map(each ->
                                            each.key().id() + " " + each.value().version())
                                    .toList());
                    running.announce(next);
                }
            }
        }

        /** A board. */
        private final class Client {

            private final Map<String, Integer> known = new HashMap<>();
            private final Set<String> told = new HashSet<>();
            private Instance at = instances.getFirst();
            private @Nullable Board board;
            private boolean hasLoaded;
            private String position = "";
            private boolean isResuming;
            private int resumed;

            @Override
            public String toString() {
                return "client " + clients.indexOf(this);
            }

            void step() {
                switch (random.nextInt(8)) {
                    case 0 -> connect();
                    case 1 -> load();
                    default -> read();
                }
            }

            void connect() {
                if (board != null) {
                    at.log.close(board);
                }
                at = any(instances);
                trace.add(this + " connects to " + at + (hasLoaded ? " after " + position : ""));
                isResuming = hasLoaded;
                board = at.log.open(Reader.DISPATCHER, hasLoaded ? Position.decode(position) : null, () -> {});
            }

            boolean read() {
                if (board == null) {
                    return false;
                }
                DispatchChange change = at.log.next(board);
                if (change == null) {
                    return false;
                }
                position = change.position();
                String id = change.id();
                Integer version = change.version();
                trace.add(this + " " + change.kind() + " " + id + " " + version);
                if (id == null || version == null) {
                    known.clear();
                    told.clear();
                    hasLoaded = false;
                } else {
                    known.merge(id, version, Math::max);
                    assertThat(told.add(id + "=" + version)).as(this::described).isTrue();
                    resumed += isResuming ? 1 : 0;
                }
                isResuming = false;
                return true;
            }

            /** Lists lag behind, each row by another time. */
            void load() {
                if (board == null || position.isEmpty()) {
                    return;
                }
                hasLoaded = true;
                trace.add(this + " loads");
                stored.forEach((id, states) -> {
                    Instant reach = fleet.clock().instant().minusMillis(random.nextLong(DELAY.toMillis()));
                    states.stream()
                            .filter(state -> !state.at.isAfter(reach))
                            .forEach(state -> known.merge(id, state.version, Math::max));
                });
            }

            void settle() {
                if (board == null) {
                    connect();
                }
                while (read()) {
                    // there may be more
                }
                if (!hasLoaded) {
                    load();
                }
            }

            void assertHasSeenAll() {
                stored.forEach((id, states) -> assertThat(known.getOrDefault(id, 0))
                        .as(this::described)
                        .isGreaterThanOrEqualTo(states.size()));
            }

            private String described() {
                return this + " with seed " + seed + "\n" + String.join("\n", trace) + "\n";
            }
        }
    }
}
