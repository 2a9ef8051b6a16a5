package dev.towline.tracking;

import dev.towline.dynamo.MeteredStore;
import dev.towline.dynamo.MeteredStore.Consumed;
import dev.towline.dynamo.StoreOfTables;
import dev.towline.store.Entity;
import dev.towline.store.Store;
import dev.towline.store.Write;
import dev.towline.viewer.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures what a fix costs in the present shape and in the one before, in one run over one DynamoDB Local: requests and units as DynamoDB
 * counts them, units by the arithmetic of item sizes, CPU of this process, and latency. The two take turns, so that both meet the same
 * machine.
 *
 * <pre>java dev.towline.tracking.IntakeShapes ENDPOINT FIXES RATE SESSIONS</pre>
 */
final class IntakeShapes implements AutoCloseable {

    private static final int ROUNDS = 5;
    private static final Tenant TENANT = new Tenant("acme");

    private final MeteredStore metered;
    private final List<SessionKey> keys = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FirstIntake first;
    private final Intake present;
    private int recorded;

    IntakeShapes(String endpoint, int sessions) {
        metered = new MeteredStore(
                endpoint,
                "shapes" + UUID.randomUUID() + "-",
                List.of(FirstShape.SESSIONS, FirstShape.TRAIL, Sessions.TABLE, TrailChunk.TABLE),
                IntakeShapes::itemBytes);
        Store store = metered.store();
        first = new FirstIntake(store);
        present = new Intake(
                store,
                new Sessions(store, Drives.ACCESS),
                new KnownSessions(),
                new Trail(store, Drives.ACCESS),
                Drives.ACCESS,
                Drives.SETTINGS,
                Drives.ETAS,
                new SimpleMeterRegistry(),
                () -> Drives.at(100_000));
        for (int i = 0; i < sessions; i++) {
            SessionKey key = new SessionKey(TENANT, UUID.randomUUID().toString());
            keys.add(key);
            first.begin(key);
            store.write(new Write<>(
                    Sessions.TABLE,
                    TrackingSession.begin(key, key.id(), key.id(), Drives.SCENE, Drives.START, Drives.START)));
        }
    }

    /** What one shape cost. */
    record Cost(String shape, int fixes, Consumed consumed, Duration cpu, List<Long> micros) {

        Cost {
            micros = micros.stream().sorted().toList();
        }

        double requestsAFix() {
            return (double) consumed.requests() / fixes;
        }

        double writeUnitsAFix() {
            return consumed.writeUnits() / fixes;
        }

        double cpuMicrosAFix() {
            return cpu.toNanos() / 1_000.0 / fixes;
        }

        double p95Millis() {
            return micros.get((int) Math.ceil(0.95 * micros.size()) - 1) / 1_000.0;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-8s %7d fixes: %.2f requests, %.2f write units (%.2f by size), %.2f read units, %5.0f µs CPU,"
                            + " p50 %.1f ms, p95 %.1f ms",
                    shape,
                    fixes,
                    requestsAFix(),
                    writeUnitsAFix(),
                    (double) consumed.unitsBySize() / fixes,
                    consumed.readUnits() / fixes,
                    cpuMicrosAFix(),
                    micros.get(micros.size() / 2) / 1_000.0,
                    p95Millis());
        }
    }

    /** The costs of both shapes: first the one before, then the present one. */
    record Comparison(Cost before, Cost present) {}

    /**
     * Sends so many fixes to each shape, in turns.
     *
     * @param perSecond fixes a second; latency runs from when a fix was due
     */
    Comparison run(int fixes, int perSecond) throws Exception {
        List<Part> before = new ArrayList<>();
        List<Part> now = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            before.add(part(fixes / ROUNDS, perSecond, (key, fix) -> first.take(key, fix, fix.recordedAt())));
            now.add(part(fixes / ROUNDS, perSecond, (key, fix) -> {
                var results = present.take(Drives.dispatcher(key.tenant()), key.id(), List.of(fix));
                LocationOutcome outcome = results.getFirst().outcome();
                // two fixes of a session that are late by more than a second may overtake each other
                if (outcome != LocationOutcome.STORED && outcome != LocationOutcome.LATE) {
                    throw new IllegalStateException(results.toString());
                }
            }));
        }
        return new Comparison(cost("before", before), cost("present", now));
    }

    @FunctionalInterface
    private interface Shape {
        void take(SessionKey key, LocationInput fix);
    }

    private record Part(int fixes, Consumed consumed, Duration cpu, List<Long> micros) {}

    private Part part(int fixes, int perSecond, Shape shape) throws Exception {
        Consumed before = metered.consumed();
        long cpuBefore = cpuNanos();
        long began = System.nanoTime();
        List<Future<Long>> pending = new ArrayList<>(fixes);
        for (int i = 0; i < fixes; i++) {
            long dueNanos = began + i * 1_000_000_000L / perSecond;
            SessionKey key = keys.get(i % keys.size());
            LocationInput fix = fix(recorded + i / keys.size());
            Duration wait = Duration.ofNanos(dueNanos - System.nanoTime());
            if (wait.isPositive()) {
                Thread.sleep(wait);
            }
            pending.add(threads.submit(() -> {
                shape.take(key, fix);
                return (System.nanoTime() - dueNanos) / 1_000;
            }));
        }
        List<Long> micros = new ArrayList<>(fixes);
        for (Future<Long> each : pending) {
            micros.add(each.get());
        }
        recorded += fixes / keys.size() + 1;
        return new Part(fixes, metered.consumed().minus(before), Duration.ofNanos(cpuNanos() - cpuBefore), micros);
    }

    private static Cost cost(String shape, List<Part> parts) {
        Consumed all = parts.stream().map(Part::consumed).reduce(Consumed::plus).orElseThrow();
        return new Cost(
                shape,
                parts.stream().mapToInt(Part::fixes).sum(),
                all,
                parts.stream().map(Part::cpu).reduce(Duration.ZERO, Duration::plus),
                parts.stream().flatMap(part -> part.micros().stream()).toList());
    }

    /** A vehicle at 18 m/s that sends a fix each second, all its values different each time. */
    private static LocationInput fix(int second) {
        return new LocationInput(
                30.1 + second * 0.000_1372,
                -97.3 + second * 0.000_0921,
                Drives.at(1.003 * second),
                17 + Math.sin(second),
                100 + 40 * Math.sin(second / 30.0),
                4 + Math.cos(second));
    }

    private static int itemBytes(Entity entity) {
        return switch (entity) {
            case FirstShape.Session session -> StoreOfTables.itemBytes(FirstShape.SESSIONS, session);
            case FirstShape.Fix fix -> StoreOfTables.itemBytes(FirstShape.TRAIL, fix);
            case TrackingSession session -> StoreOfTables.itemBytes(Sessions.TABLE, session);
            case TrailChunk chunk -> StoreOfTables.itemBytes(TrailChunk.TABLE, chunk);
            default -> throw new IllegalArgumentException(entity.toString());
        };
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Warms up, measures, and prints both costs. */
    public static void main(String[] arguments) throws Exception {
        int fixes = Integer.parseInt(arguments[1]);
        int perSecond = Integer.parseInt(arguments[2]);
        try (IntakeShapes shapes = new IntakeShapes(arguments[0], Integer.parseInt(arguments[3]))) {
            shapes.run(fixes, perSecond);
            Comparison comparison = shapes.run(fixes, perSecond);
            System.out.println(comparison.before());
            System.out.println(comparison.present());
        }
    }

    @Override
    public void close() {
        threads.close();
        metered.close();
    }
}
