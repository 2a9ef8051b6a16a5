package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.hostile.LiveObjects;
import dev.towline.local.SharedStack;
import dev.towline.scenarios.Dispatcher;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Watchers that stop reading their sockets. */
class StalledWatchersScenarios {

    private static final int STALLED = 1_000;

    /** A watcher's updates have the location so many times: 20 kB. */
    private static final int LOCATIONS = 150;

    private static final int UPDATE_BYTES = 20_000;
    private static final int SEND_BUFFER_BYTES = 64 * 1024;
    private static final int UPDATES = 20;
    private static final Duration ON_TIME = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Instant firstFix = Instant.now().minusSeconds(180);
    private int sent;

    @Test
    void costNobodyAnything() throws IOException {
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.putAll(SlowReader.LIMITS);
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        settings.put("towline.rates.enabled", "false");
        settings.put("towline.http.send-buffer", SEND_BUFFER_BYTES + "B");
        settings.put("towline.socket.ping-interval", "20s");
        settings.put("towline.live.queue", "4");
        List<SlowReader> stalled = new ArrayList<>();
        try (TowlineProcess towline = TowlineProcess.start(settings)) {
            Dispatcher dispatcher = new Dispatcher(towline.api());
            String session = dispatcher.session();
            try (LiveUpdates reading = LiveUpdates.of(towline.api(), session, "")) {
                reading.message();
                move(dispatcher, session, reading);
                Duration alone = move(dispatcher, session, reading);

                try (SlowReader slow = SlowReader.overWebSocket(towline.api().port(), session, LOCATIONS)) {
                    move(dispatcher, session, reading);
                    assertThat(slow.bytesUntilMissed())
                            .as("what a watcher that reads again gets before the newest")
                            .isLessThan(3 * SEND_BUFFER_BYTES + 6 * UPDATE_BYTES);
                }

                for (int i = 0; i < STALLED; i++) {
                    stalled.add(SlowReader.overWebSocket(towline.api().port(), session, LOCATIONS));
                }
                SlowReader alike = SlowReader.overWebSocket(towline.api().port(), session, LOCATIONS)
                        .readingOn();
                stalled.add(alike);
                move(dispatcher, session, reading);
                await().atMost(PATIENCE).until(() -> metric(towline, "towline_live_conflated_total") >= STALLED);
                int alreadyThere = alike.updates();
                LiveObjects before = LiveObjects.of(towline.pid());
                Duration besideThem = move(dispatcher, session, reading);
                await().atMost(ON_TIME).until(() -> alike.updates() > alreadyThere);
                move(dispatcher, session, reading);

                System.out.printf(
                        "%d updates reached a watcher in %d ms, and in %d ms beside %d that do not read%n",
                        UPDATES, alone.toMillis(), besideThem.toMillis(), STALLED);
                assertThat(besideThem).isLessThan(alone.multipliedBy(3).plusMillis(500));
                LiveObjects after = LiveObjects.of(towline.pid());
                assertThat(after.bytes() - before.bytes())
                        .as("what 40 more updates hold: %s", after.growthSince(before))
                        .isLessThan(STALLED * 1024L);
                await().atMost(PATIENCE).until(() -> metric(towline, "towline_live_watchers") == 1);
            }
        } finally {
            stalled.forEach(SlowReader::close);
        }
    }

    /** Moves the vehicle, one time after another, and returns how long it takes until a watcher has it all. */
    private Duration move(Dispatcher dispatcher, String session, LiveUpdates reading) {
        Instant begin = Instant.now();
        for (int i = 0; i < UPDATES; i++) {
            sent++;
            JsonNode moved = dispatcher.move(session, 30.26 + sent / 10_000.0, -97.74, firstFix.plusSeconds(sent));
            assertThat(moved.at("/data/updateLocation/outcome").asString()).isIn("STORED", "LIVE_ONLY");
            reading.message();
        }
        return Duration.between(begin, Instant.now());
    }

    private static double metric(TowlineProcess towline, String name) {
        return towline.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }
}
