package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.clients.Node;
import dev.towline.local.LoopbackPort;
import dev.towline.local.SharedStack;
import dev.towline.scenarios.Dispatcher;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two instances restart one after another while vehicles move, and then one is killed. Watchers with the lines of {@code
 * clients/watch/watch.mjs} see each update once.
 */
class RollingRestartScenarios {

    private static final int SESSIONS = 3;
    private static final int WATCHERS_OF_EACH = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** The fixes of a session are recorded within its 15 minutes before the start, far enough apart to be stored. */
    private static final Duration OLDEST = Duration.ofMinutes(14);

    private static final Duration BETWEEN_FIXES = Duration.ofMillis(600);
    private static final double STEP_DEGREES = 0.0001;

    /** Between the fixes of a session: often enough that each restart meets some, and no more, because each costs processor time. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** How long the load goes on before, between and after the restarts. */
    private static final Duration CALM = Duration.ofSeconds(1);

    private final List<Map<String, String>> settings = settings();
    private final AtomicReferenceArray<TowlineProcess> instances = new AtomicReferenceArray<>(settings.size());
    private volatile boolean moving = true;

    /** What a watcher was sent. */
    private record Update(String kind, int sequence, boolean isGapless) {}

    @Test
    void watchersSeeEachUpdateOnce() throws InterruptedException {
        List<TowlineProcess> launched =
                settings.stream().map(TowlineProcess::launch).toList();
        try {
            IntStream.range(0, launched.size())
                    .forEach(i -> instances.set(i, launched.get(i).awaitReady()));
            Dispatcher dispatcher = new Dispatcher(instances.get(0).api());
            List<String> sessions =
                    Stream.generate(dispatcher::session).limit(SESSIONS).toList();
            CompletableFuture<Node.Ended> watching = async(() -> follow(sessions));
            await().atMost(PATIENCE).until(() -> watchers() == SESSIONS * WATCHERS_OF_EACH);
            List<CompletableFuture<Integer>> drives = sessions.stream()
                    .map(session -> async(() -> drive(session)))
                    .toList();

            restart(0);
            restart(1);
            Thread.sleep(CALM);
            instances.get(0).kill();
            Thread.sleep(CALM);

            moving = false;
            Map<String, Integer> last = new HashMap<>();
            for (int i = 0; i < SESSIONS; i++) {
                int stored = drives.get(i).join();
                JsonNode ended = new Dispatcher(instances.get(1).api()).step(sessions.get(i), "COMPLETED");
                last.put(sessions.get(i), ended.path("sequence").asInt());
                // the start, each fix, and the end
                assertThat(ended.path("sequence").asInt()).isEqualTo(1 + stored + 1);
            }
            assertSeenOnce(watching.join(), last);
        } finally {
            moving = false;
            launched.forEach(TowlineProcess::close);
            IntStream.range(0, instances.length()).forEach(i -> instances.get(i).close());
        }
    }

    private void restart(int number) throws InterruptedException {
        Thread.sleep(CALM);
        instances.get(number).stop();
        Thread.sleep(CALM);
        instances.set(number, TowlineProcess.start(settings.get(number)));
    }

    private Node.Ended follow(List<String> sessions) {
        String urls = settings.stream()
                .map(each -> "ws://127.0.0.1:%s/graphql".formatted(each.get("server.port")))
                .collect(Collectors.joining(","));
        List<String> command = new ArrayList<>(List.of("clients/watch/follow.mjs", urls));
        IntStream.range(0, WATCHERS_OF_EACH).forEach(_ -> command.addAll(sessions));
        Node.Ended installed = Node.run(PATIENCE, List.of("clients/build.mjs", "watch"));
        assertThat(installed.exitCode()).as("%s", installed).isZero();
        return Node.run(PATIENCE, command);
    }

    /** Sends fix after fix, each until an instance has acknowledged it, and returns their number. */
    private int drive(String session) throws InterruptedException {
        Instant oldest = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(OLDEST);
        int stored = 0;
        int next = 0;
        while (moving) {
            Dispatcher.Fix fix = new Dispatcher.Fix(
                    oldest.plus(BETWEEN_FIXES.multipliedBy(stored)), 30.25 + STEP_DEGREES * stored, -97.75);
            if (isAcknowledged(session, fix, instances.get(next++ % instances.length()))) {
                stored++;
            }
            // It must not overtake the clock.
            Duration ahead = Duration.between(Instant.now(), fix.recordedAt());
            Thread.sleep(ahead.compareTo(PAUSE) > 0 ? ahead : PAUSE);
        }
        return stored;
    }

    private static boolean isAcknowledged(String session, Dispatcher.Fix fix, TowlineProcess instance) {
        try {
            JsonNode response =
                    new Dispatcher(instance.api()).move(session, fix.latitude(), fix.longitude(), fix.recordedAt());
            String outcome = response.at("/data/updateLocation/outcome").asString("");
            assertThat(outcome).as("%s", response).isIn("", "STORED", "DUPLICATE");
            return !outcome.isEmpty();
        } catch (RuntimeException gone) {
            return false;
        }
    }

    private static void assertSeenOnce(Node.Ended watching, Map<String, Integer> last) {
        assertThat(watching.exitCode()).as(watching.errors()).isZero();
        Map<String, List<JsonNode>> byWatcher = watching.output()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .collect(Collectors.groupingBy(update -> update.path("watcher").asString()));
        assertThat(byWatcher).hasSize(SESSIONS * WATCHERS_OF_EACH);
        byWatcher.forEach((watcher, lines) -> {
            int end = Objects.requireNonNull(
                    last.get(lines.getFirst().path("sessionId").asString()));
            int begin = lines.getFirst().path("sequence").asInt();
            List<Update> expected = IntStream.rangeClosed(begin, end)
                    .mapToObj(sequence -> new Update(
                            sequence == begin ? "SNAPSHOT" : sequence == end ? "ENDED" : "LOCATION", sequence, true))
                    .toList();
            assertThat(lines.stream()
                            .map(line -> new Update(
                                    line.path("kind").asString(),
                                    line.path("sequence").asInt(),
                                    line.path("missed").isNull()))
                            .toList())
                    .as("watcher " + watcher)
                    .isEqualTo(expected);
        });
        System.out.printf(
                "rolling restart: %d watchers saw %d updates%n",
                byWatcher.size(), watching.output().lines().count());
    }

    private double watchers() {
        return IntStream.range(0, instances.length())
                .mapToDouble(i -> DrainScenarios.watchers(instances.get(i)))
                .sum();
    }

    /** Of each instance. The ports stay the same across restarts. */
    private static List<Map<String, String>> settings() {
        Map<String, String> shared = new HashMap<>(SharedStack.freshProperties());
        shared.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        shared.put("towline.drain.retry-spread", "1s");
        int port = LoopbackPort.nextFree(0);
        return Stream.of(port, LoopbackPort.nextFree(port + 1))
                .map(each -> {
                    Map<String, String> own = new HashMap<>(shared);
                    own.put("server.port", Integer.toString(each));
                    return own;
                })
                .toList();
    }

    private interface Task<T> {
        T run() throws InterruptedException;
    }

    private static <T> CompletableFuture<T> async(Task<T> task) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return task.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException(e);
                    }
                },
                run -> Thread.ofPlatform().daemon().start(run));
    }
}
