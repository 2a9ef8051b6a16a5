package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.SharedStack;
import dev.towline.scenarios.Imports;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An import of two instances, of which the one that works on it is killed, and then one that is told to stop. */
class JobTakeoverScenarios {

    private static final int ROWS = 1_000;
    private static final int IDS_AT_ONCE = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LEASE = Duration.ofSeconds(8);

    /** Less than a lease: a few looks of the other instance. */
    private static final Duration AT_ONCE = Duration.ofSeconds(4);

    private final Map<String, String> settings = settings();

    @Test
    void theOtherInstanceFinishesWhatOneHasBegun() {
        TowlineProcess first = TowlineProcess.launch(settings);
        TowlineProcess second = TowlineProcess.launch(settings);
        try (first;
                second) {
            List<TowlineProcess> both = List.of(first.awaitReady(), second.awaitReady());
            String job = begin(first, "killed");
            TowlineProcess worker = worker(both, job);
            TowlineProcess other = worker == first ? second : first;

            worker.kill();
            long killed = System.nanoTime();
            await().atMost(PATIENCE).until(() -> runs(other, job));
            System.out.printf(
                    "taken over %d ms after kill -9, with a lease of %d ms%n", msSince(killed), LEASE.toMillis());
            isDoneOnce(other, job, "killed");

            try (TowlineProcess third = TowlineProcess.start(settings)) {
                List<TowlineProcess> rest = List.of(other, third);
                String next = begin(third, "stopped");
                TowlineProcess stopping = worker(rest, next);
                TowlineProcess staying = stopping == third ? other : third;
                stopping.stop();
                long stopped = System.nanoTime();
                await().atMost(AT_ONCE).until(() -> runs(staying, next));
                System.out.printf("taken over %d ms after a graceful stop%n", msSince(stopped));
                isDoneOnce(staying, next, "stopped");
            }
        }
    }

    /** Starts an import, and waits until a part of it is done. */
    private static String begin(TowlineProcess instance, String prefix) {
        String rows = IntStream.range(0, ROWS)
                .mapToObj(i -> "%s-%d,Vendor %d,%s,%s".formatted(prefix, i, i, i % 80, i % 170))
                .collect(Collectors.joining("\n"));
        Imports imports = Imports.of(instance.api());
        String job = imports.start(imports.upload("id,name,lat,lon\n" + rows));
        await().atMost(PATIENCE).until(() -> imports.job(job).path("rowsDone").asInt() > 0);
        assertThat(imports.job(job).path("status").asString()).isEqualTo("RUNNING");
        return job;
    }

    private static TowlineProcess worker(List<TowlineProcess> instances, String job) {
        return instances.stream()
                .filter(instance -> runs(instance, job))
                .findFirst()
                .orElseThrow();
    }

    private static boolean runs(TowlineProcess instance, String job) {
        return instance.printed().contains("Towline runs the job " + job);
    }

    private static void isDoneOnce(TowlineProcess instance, String job, String prefix) {
        Imports imports = Imports.of(instance.api());
        JsonNode ended = imports.ended(job);
        assertThat(ended.path("status").asString()).as("%s", ended).isEqualTo("SUCCEEDED");
        assertThat(List.of(
                        ended.path("rowsDone").asInt(),
                        ended.path("rowsTotal").asInt(),
                        ended.path("errorCount").asInt()))
                .containsExactly(ROWS, ROWS, 0);
        for (int from = 0; from < ROWS; from += IDS_AT_ONCE) {
            String ids = IntStream.range(from, from + IDS_AT_ONCE)
                    .mapToObj(i -> "'%s-%d'".formatted(prefix, i))
                    .collect(Collectors.joining(", "));
            List<String> stored = imports.operator()
                    .query("getVendors(ids: [%s]) { name version }".formatted(ids))
                    .valueStream()
                    .map(vendor -> vendor.path("name").asString("") + " " + vendor.path("version"))
                    .toList();
            assertThat(stored)
                    .containsExactlyElementsOf(IntStream.range(from, from + IDS_AT_ONCE)
                            .mapToObj("Vendor %d 1"::formatted)
                            .toList());
        }
    }

    private static long msSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1_000_000;
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.viewer.unauthenticated-role", "OPERATOR");
        settings.put("towline.jobs.poll", "500ms");
        settings.put("towline.jobs.heartbeat", "1s");
        settings.put("towline.jobs.lease", LEASE.toSeconds() + "s");
        settings.put("towline.imports.chunk-rows", "100");
        return Map.copyOf(settings);
    }
}
