package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.Towline;
import dev.towline.edge.Endpoint;
import dev.towline.edge.Endpoint.Answer;
import dev.towline.edge.SocketClient;
import dev.towline.local.EmbeddedRedis;
import dev.towline.local.Http;
import dev.towline.local.OnEmbeddedStack;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** What a service with low limits refuses, over every transport. Each test has viewers and addresses of its own. */
@SpringBootTest(
        classes = Towline.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "towline.rates.viewer-per-second=2",
            "towline.rates.viewer-burst=40",
            // whoever sets the stage is not limited
            "towline.rates.roles.dispatcher.per-second=100000",
            "towline.rates.roles.dispatcher.burst=100000",
            "towline.rates.address-per-second=1",
            "towline.rates.address-burst=150",
            "towline.rates.refused-credentials=1",
            "towline.rates.fixes-per-second=1",
            "towline.rates.fixes-burst=600",
            "towline.rates.viewer-streams=3",
            "towline.rates.address-streams=6",
            "towline.rates.socket-operations=4",
            "towline.rates.socket-messages-per-second=5",
            "towline.rates.instances=1",
            "towline.http.sse-keep-alive=200ms",
            "spring.data.redis.timeout=250ms"
        })
@OnEmbeddedStack
@DirtiesContext
class RateScenarios {

    private static final int RESET = 1006;

    /** Less than {@code spring.data.redis.timeout} above. */
    private static final int MOST_MS = 200;

    private static final EmbeddedRedis REDIS = EmbeddedRedis.inMemory(0);

    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private static final String CHEAP = "{\"query\": \"{ __typename }\"}";

    private static final String BOARD = "{\"query\": \"subscription { onDispatchChanged { kind } }\"}";

    @LocalServerPort
    private int port;

    private final String tenant = "tenant-" + UUID.randomUUID();

    @DynamicPropertySource
    static void useItsOwnRedis(DynamicPropertyRegistry registry) {
        registry.add("spring.data.redis.port", REDIS::port);
    }

    @AfterAll
    static void stopRedis() {
        REDIS.close();
    }

    @Test
    void refusesAViewerThatSendsTooMuch() {
        Answer refused = firstRefused(() -> post(CHEAP, "CALLER", newAddress()), 40);

        JsonNode extensions = refused.error().path("extensions");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("RATE_LIMITED");
        assertThat(extensions.path("limit").asString()).isEqualTo("viewer");
        assertThat(extensions.path("allowed").asInt()).isEqualTo(40);
        assertThat(extensions.path("retryAfterSeconds").asInt()).isEqualTo(1);
        assertThat(refused.error().path("message").asString())
                .isEqualTo("There are too many requests of this viewer: at most 40 at once, and 2 a second.");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
        assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"address\";q=150;w=150, \"viewer\";q=40;w=20");
        assertThat(refused.header("RateLimit")).endsWith("\"viewer\";r=0;t=1");
        assertThat(post(CHEAP, "DISPATCHER", newAddress()).status())
                .as("somebody else")
                .isEqualTo(200);
    }

    @Test
    void admitsAViewerAgainAfterTheTimeThatItWasTold() {
        Answer refused = firstRefused(() -> post(CHEAP, "CALLER", newAddress()), 40);
        Duration told = Duration.ofSeconds(Long.parseLong(refused.header("Retry-After")));

        await().pollDelay(told)
                .atMost(told.plusSeconds(1))
                .until(() -> post(CHEAP, "CALLER", newAddress()).status() == 200);
    }

    @Test
    void tellsWhatIsLeftOnEveryAnswer() {
        String address = newAddress();
        assertThat(left(post(CHEAP, "DISPATCHER", address), "address")).isEqualTo(149);
        assertThat(left(post(CHEAP, "DISPATCHER", address), "address")).isBetween(147, 149);
        assertThat(left(post("no JSON", "DISPATCHER", address), "address")).isBetween(146, 148);
        assertThat(left(post(CHEAP, "DISPATCHER", address, "Accept", "nonsense"), "address"))
                .as("of a request that accepts nothing")
                .isBetween(145, 147);
        assertThat(post(CHEAP, "DISPATCHER", address).header("RateLimit")).contains("\"viewer\";r=");
    }

    @Test
    void countsWhatARequestCosts() {
        String list = "{\"query\": \"{ listIncidents(first: 5) { edges { node { id } } } }\"}";
        String viewer = "tenant-" + UUID.randomUUID();
        int before = left(postOf(viewer, CHEAP), "viewer");
        Answer answer = postOf(viewer, list);
        int cost = answer.body().at("/extensions/cost/requested").asInt();
        assertThat(answer.status()).isEqualTo(200);
        int left = left(postOf(viewer, CHEAP), "viewer");

        assertThat(cost).isGreaterThan(10);
        assertThat(left).isBetween(before - cost - 5, before - cost + 10);
    }

    @Test
    void countsTheCostOfARememberedAnswer() {
        String viewer = "tenant-" + UUID.randomUUID();
        String vendor = new Dispatcher(Caller.of(port, viewer, "dora")).vendor();
        String fields = IntStream.range(0, 10)
                .mapToObj(i -> "v%d: getVendor(id: \\\"%s\\\") { name }".formatted(i, vendor))
                .collect(Collectors.joining(" "));
        String body = "{\"query\": \"{ " + fields + " }\"}";
        postOf(viewer, body);
        int before = left(postOf(viewer, body), "viewer");
        double remembered = metric("towline_cache_answers_total{result=\"hit\"");

        Answer answer = postOf(viewer, body);

        assertThat(metric("towline_cache_answers_total{result=\"hit\"")).isEqualTo(remembered + 1);
        int cost = answer.body().at("/extensions/cost/requested").asInt();
        assertThat(cost).isGreaterThanOrEqualTo(10);
        assertThat(left(answer, "viewer")).isBetween(before - cost - 1, before - cost + 6);
    }

    @Test
    void refusesAnAddressThatAsksForARememberedAnswerTooOften() {
        String vendor = new Dispatcher(Caller.of(port, "tenant-" + UUID.randomUUID(), "dora")).vendor();
        Map<String, String> query = Map.of("query", "{ getVendor(id: \"%s\") { name } }".formatted(vendor));
        String address = newAddress();
        double remembered = metric("towline_cache_answers_total{result=\"hit\"");

        // by GET, because a body may arrive after the head, and then the filters come first
        Answer refused = firstRefused(() -> get(query, address), 150);

        assertThat(metric("towline_cache_answers_total{result=\"hit\"")).isGreaterThanOrEqualTo(remembered + 140);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error().at("/extensions/limit").asString()).isEqualTo("address");
        assertThat(get(query, newAddress()).status()).isEqualTo(200);
    }

    private Answer get(Map<String, String> query, String address) {
        return new Endpoint(port).get(query, headers("DISPATCHER", address).toArray(String[]::new));
    }

    @Test
    void refusesAnAddressWhoeverItIsBeforeItReadsTheRequest() {
        String address = newAddress();
        Answer refused = firstRefused(
                () -> post("no JSON", ADDRESSES.getAndIncrement() % 2 == 0 ? "DISPATCHER" : "CALLER", address), 150);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error().at("/extensions/limit").asString()).isEqualTo("address");
        assertThat(post(CHEAP, "DISPATCHER", newAddress()).status()).isEqualTo(200);
    }

    @Test
    void countsTheRequestsOfAnIpv6NetworkTogether() {
        Answer refused = firstRefused(() -> nonsense("2001:db8:0:3::" + (1 + ADDRESSES.getAndIncrement() % 9)), 150);

        assertThat(refused.error().at("/extensions/limit").asString()).isEqualTo("address");
        assertThat(nonsense("2001:db8:0:3:ffff::1").code()).isEqualTo("RATE_LIMITED");
        assertThat(nonsense("2001:db8:0:4::1").code()).isEqualTo("BAD_INPUT");
    }

    @Test
    void countsRefusedCredentialsByAddressAndIpv6Network() {
        post(CHEAP, "DISPATCHER", newAddress());
        Answer refused = firstRefused(() -> stranger("2001:db8:0:1::" + (1 + ADDRESSES.getAndIncrement() % 9)), 2);

        assertThat(refused.code()).isEqualTo("RATE_LIMITED");
        assertThat(stranger("2001:db8:0:1:ffff::1").code()).isEqualTo("RATE_LIMITED");
        assertThat(stranger("2001:db8:0:2::1").code()).isEqualTo("UNAUTHENTICATED");
        assertThat(post(CHEAP, "DISPATCHER", "2001:db8:0:1::1").status())
                .as("a remembered token from there")
                .isEqualTo(200);
    }

    @Test
    void countsCredentialsThatTheActuatorRefuses() {
        String address = "198.51.100.77";
        Supplier<Answer> ask = () -> {
            var response = Http.send(HttpRequest.newBuilder(URI.create(base() + "/actuator/prometheus"))
                    .header("X-Forwarded-For", address)
                    .header("Authorization", "Bearer x"));
            return new Answer(response.statusCode(), response.headers(), response.body());
        };

        Answer refused = firstRefused(ask, 2);
        assertThat(refused.code()).isEqualTo("RATE_LIMITED");
        assertThat(refused.header("Retry-After")).matches("\\d+");
    }

    @Test
    void limitsTheEventStreamsOfAViewerAndOfAnAddress() throws IOException {
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        IntStream.range(0, 3).forEach(_ -> open.add(stream("DISPATCHER", newAddress())));
        assertThat(open).extracting(HttpResponse::statusCode).containsOnly(200);

        Answer fourth = post(BOARD, "DISPATCHER", newAddress(), "Accept", "text/event-stream");
        assertThat(fourth.status()).isEqualTo(429);
        assertThat(fourth.error().at("/extensions/limit").asString()).isEqualTo("viewerStreams");
        assertThat(fourth.error().at("/extensions/allowed").asInt()).isEqualTo(3);
        assertThat(fourth.header("Retry-After")).isEqualTo("5");
        open.getFirst().body().close();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            HttpResponse<InputStream> again = stream("DISPATCHER", newAddress());
            open.add(again);
            return again.statusCode() == 200;
        });
        for (HttpResponse<InputStream> each : open) {
            each.body().close();
        }
    }

    @Test
    void limitsTheEventStreamsOfAnAddressWhoeverOpensThem() throws IOException {
        String address = newAddress();
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        List<String> roles = List.of("DISPATCHER", "OPERATOR");
        IntStream.range(0, 6).forEach(i -> open.add(stream(roles.get(i % 2), address)));
        assertThat(open).extracting(HttpResponse::statusCode).containsOnly(200);

        Answer seventh = post(BOARD, "DISPATCHER", address, "Accept", "text/event-stream");
        assertThat(seventh.status()).isEqualTo(429);
        assertThat(seventh.error().at("/extensions/limit").asString()).isEqualTo("addressStreams");
        for (HttpResponse<InputStream> each : open) {
            each.body().close();
        }
    }

    @Test
    void limitsTheWebSocketsOfAViewer() {
        List<SocketClient> open = new ArrayList<>();
        try {
            IntStream.range(0, 3).forEach(_ -> open.add(socket(newAddress())));
            open.forEach(
                    each -> assertThat(each.hearsAny().path("type").asString()).isEqualTo("connection_ack"));
            SocketClient fourth = socket(newAddress());
            open.add(fourth);

            assertThat(fourth.closed())
                    .isEqualTo(new SocketClient.Close(
                            4429, "There are too many open streams of this viewer: at most 3. (viewerStreams)"));
        } finally {
            open.forEach(SocketClient::close);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            try (SocketClient again = socket(newAddress())) {
                return again.hearsAny().path("type").asString().equals("connection_ack");
            } catch (AssertionError closed) {
                return false;
            }
        });
    }

    @Test
    void limitsTheWebSocketsOfAnAddressEvenBeforeTheyAreInitialised() {
        String address = newAddress();
        assertTheSeventhSocketIsRefused(_ -> address);
    }

    @Test
    void countsTheWebSocketsOfAnIpv6NetworkTogether() {
        assertTheSeventhSocketIsRefused(i -> "2001:db8:0:5:" + i + "::1");
    }

    private void assertTheSeventhSocketIsRefused(IntFunction<String> address) {
        List<SocketClient> open = new ArrayList<>();
        try {
            IntStream.range(0, 7)
                    .forEach(i -> open.add(SocketClient.having(port, "X-Forwarded-For", address.apply(i))));

            assertThat(open.getLast().closed())
                    .isEqualTo(new SocketClient.Close(
                            4429, "There are too many open streams of this address: at most 6. (addressStreams)"));
            assertThat(open.get(5).isOpen()).isTrue();
        } finally {
            open.forEach(SocketClient::close);
        }
    }

    @Test
    void limitsTheOperationsOfAWebSocket() {
        assertThat(closing(socket -> {
                    socket.hearsAny();
                    IntStream.range(0, 5)
                            .forEach(i -> socket.subscribes("s" + i, "subscription { onDispatchChanged { kind } }"));
                }))
                .isEqualTo(new SocketClient.Close(4429, "Too many operations at once: at most 4 (socketOperations)"));
    }

    @Test
    void limitsTheMessagesOfAWebSocket() {
        assertThat(closing(socket -> IntStream.range(0, 80).forEach(_ -> {
                    if (socket.isOpen()) {
                        socket.says("{'type':'pong'}");
                    }
                })))
                .isEqualTo(new SocketClient.Close(
                        4429, "Too many messages: at most 5 a second (socketMessagesPerSecond)"));
    }

    /** How the service closes a WebSocket. What the client still sends may reset the connection before the client has read that. */
    private SocketClient.Close closing(Consumer<SocketClient> tooMuch) {
        for (int i = 0; i < 10; i++) {
            try (SocketClient socket = socket(newAddress())) {
                tooMuch.accept(socket);
                SocketClient.Close close = socket.closed();
                if (close.code() != RESET) {
                    return close;
                }
            }
        }
        throw new AssertionError("reset each time");
    }

    @Test
    void refusesAnOperationOverAWebSocketWithARetryTime() {
        firstRefused(() -> post(CHEAP, "CALLER", newAddress()), 40);
        try (SocketClient socket = SocketClient.having(port, "X-Forwarded-For", newAddress())) {
            socket.says(
                    "{'type':'connection_init','payload':{'X-Towline-Local-Tenant':'%s','X-Towline-Local-Role':'CALLER','X-Towline-Local-Subject':'%s'}}"
                            .formatted(tenant, tenant));
            assertThat(socket.hearsAny().path("type").asString()).isEqualTo("connection_ack");
            // on a slow machine some tokens came back meanwhile
            JsonNode answer = answerOf(socket, 0);
            for (int i = 1; i < 40 && answer.path("type").asString().equals("next"); i++) {
                answer = answerOf(socket, i);
            }

            JsonNode error = answer.at("/payload/0");
            assertThat(error.at("/extensions/code").asString()).isEqualTo("RATE_LIMITED");
            assertThat(error.at("/extensions/retryAfterSeconds").asInt()).isEqualTo(1);
        }
    }

    private static JsonNode answerOf(SocketClient socket, int number) {
        socket.subscribes("a" + number, "{ __typename }");
        JsonNode answer = socket.hearsAny();
        if (answer.path("type").asString().equals("next")) {
            socket.hears("complete", "a" + number);
        }
        return answer;
    }

    @Test
    void asksAWebSocketOfAnAddressThatSendsTooMuchToComeBack() {
        String address = newAddress();
        firstRefused(() -> post("no JSON", "DISPATCHER", address), 150);

        try (SocketClient socket = SocketClient.having(port, "X-Forwarded-For", address)) {
            SocketClient.Close close = socket.closed();
            assertThat(close.code()).isEqualTo(1013);
            assertThat(close.reason())
                    .matches("Try again later; retry after \\d+000 ms, at most 150 at once \\(address\\)");
        }
    }

    @Test
    void limitsTheFixesOfASessionWithoutTouchingOthers() {
        Dispatcher dispatcher = new Dispatcher(Caller.of(port, tenant, "dora"));
        String session = dispatcher.session();
        String other = dispatcher.session();

        assertThat(sendFixes(dispatcher, session, 500).errors())
                .as("a batch of an offline device")
                .isEmpty();
        Refusal refused = Stream.generate(() -> sendFixes(dispatcher, session, 500))
                .limit(3)
                .filter(answer -> !answer.errors().isEmpty())
                .findFirst()
                .orElseThrow()
                .refusal();
        assertThat(refused.code()).isEqualTo("RATE_LIMITED");
        assertThat(refused.message()).contains("fixes of this session: at most 600 at once");
        assertThat(sendFixes(dispatcher, other, 500).errors()).isEmpty();
    }

    @Test
    void hasMetrics() {
        firstRefused(() -> post(CHEAP, "CALLER", newAddress()), 40);

        assertThat(metric("towline_rates_checks_total{limit=\"viewer\",result=\"refused\"}"))
                .isPositive();
        assertThat(metric("towline_rates_leases_total{result=\"leased\"}")).isPositive();
        assertThat(metric("towline_rates_subjects{limit=\"viewer\"}")).isPositive();
    }

    @Test
    void answersFromMemoryWithoutWaitingForRedis() {
        String vendor = new Dispatcher(Caller.of(port, tenant, "dora")).vendor();
        long[] with = times(vendor);
        REDIS.pause();
        long[] slow;
        try {
            slow = times(vendor);
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                post(CHEAP, "DISPATCHER", newAddress());
                return metric("towline_rates_shared") == 0;
            });
        } finally {
            REDIS.resume();
        }
        REDIS.stop();
        long[] cutOff;
        try {
            cutOff = times(vendor);
        } finally {
            REDIS.start();
        }

        // less than the time-out of Redis, which each request would take that waits for it
        long allowedMs = Math.min(MOST_MS, 5 * Math.max(10, p99(with)));
        assertThat(p99(slow)).as("p99 with Redis: %d ms", p99(with)).isLessThan(allowedMs);
        assertThat(p99(cutOff)).as("p99 with Redis: %d ms", p99(with)).isLessThan(allowedMs);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            post(CHEAP, "DISPATCHER", newAddress());
            return metric("towline_rates_shared") == 1;
        });
    }

    private static long p99(long[] sorted) {
        return sorted[sorted.length * 99 / 100];
    }

    /**
     * The times in ms, sorted, of requests for a vendor that the instance has in memory; two of three of an address that was never heard
     * of, the others far fewer than one address may send at once. An instance that is cut off reads the vendor again each second: that one is left out.
     */
    private long[] times(String vendor) {
        String known = newAddress();
        String body = "{\"query\": \"{ getVendor(id: \\\"" + vendor + "\\\") { name } }\"}";
        long[] times = IntStream.range(0, 300)
                .mapToLong(i -> {
                    long start = System.nanoTime();
                    Answer answer =
                            post(body, "DISPATCHER", i % 3 == 0 ? known : newAddress(), "X-Towline-Cache-Report", "1");
                    long tookMs = (System.nanoTime() - start) / 1_000_000;
                    JsonNode lookup = answer.body().at("/extensions/cache").path("/getVendor");
                    assertThat(lookup.isObject()).as(answer.text()).isTrue();
                    return lookup.path("tier").asString("").equals("l1") ? tookMs : -1;
                })
                .filter(tookMs -> tookMs >= 0)
                .sorted()
                .toArray();
        assertThat(times).as("answers from memory").hasSizeGreaterThan(200);
        return times;
    }

    /** Asks until it is refused with 429, after at least so many others and not many more. */
    private static Answer firstRefused(Supplier<Answer> ask, int admitted) {
        // On a busy machine Redis may be away at times, and each time admits once more what a bucket holds.
        for (int i = 0; i < 100 + 12 * admitted; i++) {
            Answer answer = ask.get();
            if (answer.status() == 429) {
                // On a busy machine a lease may come late.
                assertThat(i).isGreaterThanOrEqualTo(admitted / 2);
                return answer;
            }
        }
        throw new AssertionError("never refused");
    }

    /** It counts for its address, and no credential is looked at. */
    private Answer nonsense(String address) {
        return new Endpoint(port).post("no JSON", "X-Forwarded-For", address);
    }

    private Answer stranger(String address) {
        return new Endpoint(port)
                .post(CHEAP, "X-Forwarded-For", address, "Authorization", "Bearer " + UUID.randomUUID());
    }

    private Answer post(String body, String role, String address, String... more) {
        List<String> headers = new ArrayList<>(headers(role, address));
        headers.addAll(Arrays.asList(more));
        return new Endpoint(port).post(body, headers.toArray(String[]::new));
    }

    /** Of a caller of a tenant of its own. */
    private Answer postOf(String tenantAndSubject, String body) {
        return new Endpoint(port)
                .post(
                        body,
                        "X-Towline-Local-Tenant",
                        tenantAndSubject,
                        "X-Towline-Local-Role",
                        "CALLER",
                        "X-Towline-Local-Subject",
                        tenantAndSubject,
                        "X-Forwarded-For",
                        newAddress());
    }

    private List<String> headers(String role, String address) {
        return List.of(
                "X-Towline-Local-Tenant",
                tenant,
                "X-Towline-Local-Role",
                role,
                "X-Towline-Local-Subject",
                tenant,
                "X-Forwarded-For",
                address);
    }

    private HttpResponse<InputStream> stream(String role, String address) {
        return Http.CLIENT
                .sendAsync(
                        HttpRequest.newBuilder(URI.create(base() + "/graphql"))
                                .headers(headers(role, address).toArray(String[]::new))
                                .headers("Content-Type", "application/json", "Accept", "text/event-stream")
                                .POST(BodyPublishers.ofString(BOARD))
                                .build(),
                        BodyHandlers.ofInputStream())
                .join();
    }

    private SocketClient socket(String address) {
        return SocketClient.having(port, "X-Forwarded-For", address)
                .says("{'type':'connection_init','payload':{'X-Towline-Local-Tenant':'%s'}}".formatted(tenant));
    }

    private dev.towline.scenarios.Answer sendFixes(Dispatcher dispatcher, String session, int count) {
        List<Map<String, Object>> fixes = IntStream.range(0, count)
                .mapToObj(i -> Map.<String, Object>of(
                        "latitude",
                        30.25,
                        "longitude",
                        -97.75,
                        "recordedAt",
                        Dispatcher.secondsAgo(count - i).recordedAtText()))
                .toList();
        return dispatcher
                .api()
                .with("X-Forwarded-For", newAddress())
                .ask(
                        "mutation($id: ID!, $fixes: [LocationInput!]!) { updateLocations(input: {sessionId: $id,"
                                + " locations: $fixes}) { outcome } }",
                        Map.of("id", session, "fixes", fixes));
    }

    private double metric(String name) {
        return Http.get(URI.create(base() + "/actuator/prometheus"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private String base() {
        return "http://127.0.0.1:" + port;
    }

    private static int left(Answer answer, String limit) {
        String header = answer.header("RateLimit");
        String after = header.substring(header.indexOf('"' + limit + "\";r=") + limit.length() + 5);
        return Integer.parseInt(after.substring(0, after.indexOf(';')));
    }

    /** An address that nobody has used, of this machine, so that the local viewers count. */
    private static String newAddress() {
        int number = ADDRESSES.incrementAndGet();
        return "127.1.%d.%d".formatted(number / 250, number % 250 + 1);
    }
}
