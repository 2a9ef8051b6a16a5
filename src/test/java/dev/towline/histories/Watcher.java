package dev.towline.histories;

import dev.towline.scenarios.instances.GraphQlSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Watches one session after another and records the streams. For one thread, but for {@link #awaitFirstUpdate}. */
final class Watcher {

    /** So much that a watcher who does not read holds the service up. */
    private static final String A_LOT =
            "trail(first: 100) { edges { node { latitude longitude recordedAt receivedAt } } }";

    private static final int LONGEST_REST_MILLIS = 3_000;

    private static final int PATIENCE_SECONDS = 60;
    private static final int SILENT = 4499;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final int number;
    private final Recorder recorder;
    private final Random rests;
    private final CountDownLatch firstUpdate = new CountDownLatch(1);

    Watcher(int number, Recorder recorder) {
        this.number = number;
        this.recorder = recorder;
        this.rests = new Random(number);
    }

    /**
     * Watches a session until the stream ends, the connection breaks, the watcher leaves or the run is at rest. Blocking.
     *
     * @param way how to watch
     * @param leaves the watcher goes away
     * @param atRest the run is over
     */
    Watch watch(
            Cluster.Running instance, String session, Watch.Way way, BooleanSupplier leaves, BooleanSupplier atRest) {
        Duration begun = recorder.now();
        List<Update> updates = new ArrayList<>();
        Watch.End end = Watch.End.BROKEN;
        try (GraphQlSocket socket = GraphQlSocket.connect(instance.process().api())) {
            socket.init(Map.of()).subscribe("watch", document(way), variables(session, way));
            Watch.@Nullable End ended = null;
            while (ended == null) {
                if (way.isSlow() && !atRest.getAsBoolean()) {
                    socket.stopReading();
                    Thread.sleep(rests.nextInt(LONGEST_REST_MILLIS));
                    socket.goOnReading();
                }
                JsonNode message = socket.poll(PAUSE);
                if (message != null && message.path("type").asString().equals("ping")) {
                    // else the service takes the watcher for gone
                    socket.pong();
                } else if (message != null) {
                    ended = take(message, updates);
                } else if (socket.isClosed()) {
                    ended = socket.isClosedWith(SILENT) ? Watch.End.SILENT : Watch.End.BROKEN;
                } else if (atRest.getAsBoolean()) {
                    ended = Watch.End.OPEN;
                } else if (leaves.getAsBoolean()) {
                    ended = Watch.End.LEFT;
                }
            }
            end = ended;
        } catch (CompletionException e) {
            // the instance is gone, or refused the connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Watch watch =
                new Watch(number, instance.name(), session, way, begun, recorder.now(), List.copyOf(updates), end);
        recorder.add(watch);
        return watch;
    }

    private static String document(Watch.Way way) {
        return """
            subscription($id: ID!, $after: Int, $epoch: ID) {
              onTrackingUpdated(sessionId: $id, after: $after, epoch: $epoch) {
                kind sequence missed status epoch location { latitude } session { sequence %s }
              }
            }\
            """.formatted(way.isSlow() ? A_LOT : "");
    }

    private static Map<String, Object> variables(String session, Watch.Way way) {
        Map<String, Object> variables = new HashMap<>(Map.of("id", session));
        if (way.after() != null) {
            variables.put("after", way.after());
            variables.put("epoch", way.epoch());
        }
        return variables;
    }

    /** Blocks until the first stream has begun. */
    void awaitFirstUpdate() throws InterruptedException {
        if (!firstUpdate.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("watcher %d receives nothing".formatted(number));
        }
    }

    private Watch.@Nullable End take(JsonNode message, List<Update> updates) {
        return switch (message.path("type").asString()) {
            case "next" -> {
                JsonNode update = message.at("/payload/data/onTrackingUpdated");
                if (update.isMissingNode() || update.isNull()) {
                    yield Watch.End.FAILED;
                }
                updates.add(new Update(
                        recorder.now(),
                        update.path("kind").asString(),
                        update.path("sequence").asInt(),
                        update.path("missed").asInt(0),
                        update.path("status").asString(),
                        update.at("/location/latitude").asString(""),
                        update.path("epoch").asString(),
                        update.at("/session/sequence").asInt()));
                firstUpdate.countDown();
                yield null;
            }
            case "complete" -> Watch.End.COMPLETED;
            case "error" -> Watch.End.FAILED;
            default -> null;
        };
    }
}
