package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.towline.dynamo.FaultyDynamo;
import dev.towline.edge.RawHttp;
import dev.towline.edge.RawHttp.Reply;
import dev.towline.edge.SocketClient;
import dev.towline.local.SharedStack;
import dev.towline.scenarios.Dispatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An instance is told to stop while people watch and write. */
class DrainScenarios {

    private static final int STOPPED_BY_SIGNAL = 143;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration SETTLED = Duration.ofMillis(700);

    /** A write to a client that does not read fails after 20 s. */
    private static final Duration SHUTDOWN = Duration.ofSeconds(12);

    private static final Pattern CLOSED = Pattern.compile("Going away; retry after (\\d+) ms");
    private static final Pattern CUT = Pattern.compile("\nretry: (\\d+)\n\n");

    private static final String WATCH = "subscription { onTrackingUpdated(sessionId: \\\"%s\\\") { kind sequence } }";

    @Test
    void finishesWhatIsInFlightAndTellsEachWatcherWhenToComeBack() {
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch gate = new CountDownLatch(1);
        try (FaultyDynamo dynamo =
                        FaultyDynamo.inFrontOf(SharedStack.stack().dynamo().endpoint());
                Two two = Two.launch(behind(
                        dynamo.endpoint(), Map.of("towline.drain.delay", "3s", "towline.drain.retry-spread", "10s")))) {
            int port = two.stopping.api().port();
            Dispatcher dispatcher = new Dispatcher(two.stopping.api());
            String session = dispatcher.session();
            String other = dispatcher.session();
            SocketClient silent = SocketClient.connect(port);
            SocketClient watching = watch(port, session);
            SocketClient elsewhere = watch(two.staying.api().port(), session);
            SocketClient writing = SocketClient.connect(port).introduced();
            CompletableFuture<Reply> posted = stream(port, post(session));
            CompletableFuture<Reply> got = stream(port, get(session));
            await().atMost(PATIENCE).until(() -> watchers(two.stopping) == 3);
            dynamo.always("PutItem", (request, upstream) -> {
                arrived.countDown();
                gate.await();
                return upstream.forward(request);
            });
            CompletableFuture<JsonNode> moved = CompletableFuture.supplyAsync(
                    () -> dispatcher.move(session, 30.26, -97.75, Instant.now()), Thread::startVirtualThread);
            writing.subscribes(
                    "step",
                    "mutation { updateSessionStatus(input: {sessionId: \\\"%s\\\", status: EN_ROUTE}) { status } }"
                            .formatted(other));
            await().atMost(PATIENCE).until(() -> arrived.getCount() == 0);

            CompletableFuture<Integer> stopped = CompletableFuture.supplyAsync(two.stopping::stop);

            await().atMost(PATIENCE).until(() -> readiness(two.stopping) == 503);
            assertThat(dispatcher.sessions(Map.of())).hasSize(2);
            watching.hearsNothing();
            List<Long> pauses =
                    List.of(pause(silent.closed()), pause(watching.closed()), pause(posted.join()), pause(got.join()));
            assertThat(pauses).allMatch(millis -> millis <= 10_000).doesNotHaveDuplicates();
            // the port is closed side by side with that
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThatThrownBy(
                                    () -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                            .isInstanceOf(ConnectException.class));
            assertThat(stopped).isNotDone();
            gate.countDown();

            assertThat(moved.join().at("/data/updateLocation/outcome").asString())
                    .isEqualTo("STORED");
            assertThat(writing.hears("next", "step")
                            .at("/data/updateSessionStatus/status")
                            .asString())
                    .isEqualTo("EN_ROUTE");
            writing.hears("complete", "step");
            pause(writing.closed());
            assertThat(elsewhere
                            .hears("next", "1")
                            .at("/data/onTrackingUpdated/kind")
                            .asString())
                    .isEqualTo("LOCATION");
            assertThat(stopped).succeedsWithin(PATIENCE).isEqualTo(STOPPED_BY_SIGNAL);
            assertThat(two.stopping.log())
                    .extracting(line -> line.at("/log/level").asString())
                    .doesNotContain("WARN", "ERROR");
            elsewhere.close();
        }
    }

    @Test
    void doesNotWaitForWatchersThatDoNotRead() {
        try (TowlineProcess towline = TowlineProcess.start(settings(SlowReader.LIMITS))) {
            int port = towline.api().port();
            Dispatcher dispatcher = new Dispatcher(towline.api());
            String session = dispatcher.session();
            try (SlowReader _ = SlowReader.overWebSocket(port, session);
                    SlowReader _ = SlowReader.overPost(port, session);
                    SlowReader _ = SlowReader.overGet(port, session)) {
                SocketClient watching = watch(port, session);
                await().atMost(PATIENCE).until(() -> watchers(towline) == 4);
                dispatcher.sendAll(
                        session,
                        IntStream.range(0, 50)
                                .mapToObj(i -> Dispatcher.secondsAgo(200 - 2 * i))
                                .toArray(Dispatcher.Fix[]::new));
                // until their connections are full
                AtomicReference<Double> delivered = new AtomicReference<>(0.0);
                await().atMost(PATIENCE).pollInterval(SETTLED).until(() -> {
                    double now = metric(towline, "towline_live_delivered_total");
                    return now > 0 && delivered.getAndSet(now).equals(now);
                });

                Instant begin = Instant.now();
                assertThat(towline.stop()).isEqualTo(STOPPED_BY_SIGNAL);
                Duration took = Duration.between(begin, Instant.now());
                System.out.printf("stopped with three slow readers in %d ms%n", took.toMillis());

                assertThat(took).isLessThan(SHUTDOWN);
                pause(watching.closed());
            }
        }
    }

    /** Two instances, of which one is to stop. */
    private record Two(TowlineProcess stopping, TowlineProcess staying) implements AutoCloseable {

        static Two launch(Map<String, String> more) {
            Map<String, String> settings = settings(more);
            TowlineProcess stopping = TowlineProcess.launch(settings);
            TowlineProcess staying = TowlineProcess.launch(settings);
            return new Two(stopping.awaitReady(), staying.awaitReady());
        }

        @Override
        public void close() {
            stopping.close();
            staying.close();
        }
    }

    private static Map<String, String> behind(String dynamoEndpoint, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(SharedStack.behind(dynamoEndpoint));
        settings.putAll(more);
        return settings;
    }

    private static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        settings.put("towline.socket.init-timeout", "1m");
        settings.putAll(more);
        return settings;
    }

    private static SocketClient watch(int port, String session) {
        SocketClient watcher = SocketClient.connect(port).introduced().subscribes("1", WATCH.formatted(session));
        watcher.hears("next", "1");
        return watcher;
    }

    private static String post(String session) {
        String body = "{\"query\": \"" + WATCH.formatted(session) + "\"}";
        return "POST /graphql HTTP/1.1\r\n"
                + "Content-Type: application/json\r\n"
                + "Accept: text/event-stream\r\n"
                + "Content-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static String get(String session) {
        String query = WATCH.formatted(session).replace("\\", "").replace(" ", "%20");
        return "GET /graphql?query=" + query + " HTTP/1.1\r\nAccept: text/event-stream\r\n\r\n";
    }

    /** A stream, to its end. */
    private static CompletableFuture<Reply> stream(int port, String request) {
        int head = request.indexOf("\r\n\r\n");
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return RawHttp.send(port, request.substring(0, head), request.substring(head + 4));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private static int readiness(TowlineProcess towline) {
        return towline.get("/actuator/health/readiness").statusCode();
    }

    /** The number of subscriptions to sessions at this moment. */
    static double watchers(TowlineProcess towline) {
        return metric(towline, "towline_live_watchers");
    }

    private static double metric(TowlineProcess towline, String name) {
        return towline.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The milliseconds after which a client is asked to come back. */
    private static long pause(SocketClient.Close close) {
        assertThat(close.code()).isEqualTo(1001);
        return pause(CLOSED, close.reason());
    }

    private static long pause(Reply stream) {
        assertThat(stream.body()).contains("SNAPSHOT").doesNotContain("complete");
        return pause(CUT, stream.body().replace("\r", ""));
    }

    private static long pause(Pattern pattern, String text) {
        Matcher asked = pattern.matcher(text);
        assertThat(asked.find()).as(text).isTrue();
        return Long.parseLong(asked.group(1));
    }
}
