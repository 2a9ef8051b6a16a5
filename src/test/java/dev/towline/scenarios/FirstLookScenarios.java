package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.edge.Endpoint;
import dev.towline.edge.RawHttp;
import dev.towline.edge.RawHttp.Reply;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Answers from memory to requests that pass no filter, because an equal head has passed them all before. Each request is sent in one packet, so
 * that its body arrives with its head.
 */
class FirstLookScenarios extends RunningTowline {

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private CountedRequests requests;

    private String body = "";

    @BeforeEach
    void remember() {
        body = bodyOf(1);
        assertThat(requests.during(() -> {
                    for (int i = 0; i < 4; i++) {
                        assertThat(post(body).status()).isEqualTo(200);
                    }
                }))
                .isEqualTo(4);
    }

    @Test
    void answersTheSameWithoutSpring() {
        Reply[] replies = new Reply[2];
        assertThat(requests.during(() -> replies[0] = post(body))).isZero();
        assertThat(requests.during(() -> replies[1] = post(body, "X-Unknown: 1")))
                .isEqualTo(1);

        assertThat(replies[0].body()).isEqualTo(replies[1].body());
        assertThat(headers(replies[0])).isEqualTo(headers(replies[1]));
        assertThat(replies[0].header("RateLimit")).matches("\"address\";r=\\d+;t=\\d+, \"viewer\";r=\\d+;t=\\d+");
    }

    @Test
    void answersAnotherQuestionOfTheSameClient() {
        String another = bodyOf(2);
        assertThat(requests.during(() -> post(another)))
                .as("asked for the first time")
                .isEqualTo(1);
        assertThat(requests.during(() -> post(another)))
                .as("and then remembered")
                .isEqualTo(1);
        assertThat(requests.during(() -> post(another))).isZero();
    }

    @Test
    void answersAGetAndRevalidatesIt() {
        String query = "/graphql?query=" + URLEncoder.encode(query(1), StandardCharsets.UTF_8);
        Reply executed = get(query);
        get(query);
        get(query);
        get(query);
        Reply[] first = new Reply[1];

        assertThat(requests.during(() -> first[0] = get(query))).isZero();

        assertThat(first[0].body()).isEqualTo(executed.body());
        assertThat(headers(first[0])).isEqualTo(headers(executed));
        assertThat(first[0].header("ETag")).isNotEmpty();
        long operations = count("graphql.request");
        for (int i = 0; i < 3; i++) {
            for (String tag : List.of(executed.header("ETag"), "*")) {
                assertThat(get(query, "If-None-Match: " + tag).status()).isEqualTo(304);
            }
        }
        assertThat(count("graphql.request")).isEqualTo(operations + 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip"})
    void compressesForWhoAsksForIt(String coding) {
        String longer = bodyOf(25);
        for (int i = 0; i < 4; i++) {
            assertThat(post(longer, "Accept-Encoding: " + coding).header("Content-Encoding"))
                    .isEqualTo(coding);
        }
        Reply[] replies = new Reply[2];
        assertThat(requests.during(() -> replies[0] = post(longer, "Accept-Encoding: " + coding)))
                .isZero();
        assertThat(replies[0].header("Content-Encoding")).isEqualTo(coding);
        assertThat(requests.during(() -> replies[1] = post(longer))).isZero();
        assertThat(replies[1].header("Content-Encoding")).isEmpty();
        assertThat(Integer.parseInt(replies[0].header("Content-Length")))
                .isLessThan(Integer.parseInt(replies[1].header("Content-Length")));
    }

    /** Each header makes another head, so the filters look at it, although the body has an answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://elsewhere.example",
                "Content-Type: text/plain",
                "Content-Encoding: gzip",
                "Accept: text/html",
                "Authorization: Bearer nonsense",
                "X-Towline-Local-Role: NOBODY"
            })
    void refusesWhatItRefusesWithoutAMemory(String header) {
        Reply refused = exchange(head("POST /graphql", header), bodyOf(1));
        assertThat(refused.code()).isNotNull();
        for (int i = 0; i < 3; i++) {
            Reply again = exchange(head("POST /graphql", header), body);
            assertThat(again.status()).isEqualTo(refused.status());
            assertThat(again.code()).isEqualTo(refused.code());
        }
        assertThat(requests.during(() -> post(body))).as("the others").isZero();
    }

    @Test
    void executesWhatMustBeExecuted() {
        for (int i = 0; i < 3; i++) {
            for (String header :
                    List.of("X-Towline-Seen: vendor:a=1", "X-Towline-Cache-Report: 1", "Accept: text/event-stream")) {
                assertThat(requests.during(() -> post(body, header))).as(header).isEqualTo(1);
            }
        }
    }

    @Test
    void countsEachRequestOnceAndAlike() {
        long timed = count("http.server.requests");
        long operations = count("graphql.request");

        for (int i = 0; i < 20; i++) {
            assertThat(requests.during(() -> post(body))).isZero();
        }

        // The last one is counted when its answer has been sent.
        await().untilAsserted(() -> assertThat(count("http.server.requests")).isGreaterThanOrEqualTo(timed + 20));
        assertThat(count("graphql.request")).isEqualTo(operations + 20);
        assertThat(meters.find("http.server.requests")
                        .tags("uri", "/graphql", "status", "200", "method", "POST")
                        .timers())
                .as("one timer, however a request was answered")
                .hasSize(1);
        assertThat(meters.find("graphql.request")
                        .tags("graphql.operation.type", "query", "graphql.outcome", "SUCCESS")
                        .timers())
                .as("one timer, however a query was answered")
                .hasSize(1)
                .allMatch(timer -> timer.count() >= 23);
    }

    /** Tomcat reuses the objects of a connection, and with them arrays that it was given. */
    @Test
    void keepsItsHeadersWhateverElseAConnectionAnswers() {
        String origin = "Origin: http://localhost";
        for (int i = 0; i < 4; i++) {
            post(body, origin);
        }
        Reply[] replies = new Reply[3];
        assertThat(requests.during(() -> replies[0] = post(body, origin))).isZero();
        List<String> others = List.of("GET /nothing", "GET /graphql/schema.graphql", "OPTIONS /graphql", "GET /");
        for (String other : others) {
            String kept =
                    head("POST /graphql", origin, "Connection: keep-alive").replace("Connection: keep-alive\r\n", "");
            String sent = kept + "Content-Length: " + body.length() + "\r\n\r\n" + body;
            exchange(sent + sent + sent + head(other), null);
        }
        for (int i = 1; i < 3; i++) {
            int at = i;
            assertThat(requests.during(() -> replies[at] = post(body, origin))).isZero();
            assertThat(headers(replies[i])).isEqualTo(headers(replies[0]));
            assertThat(headers(post(body)))
                    .allMatch(line -> !line.matches("(?i)(vary|content-security-policy): \\d.*"));
        }
    }

    @Test
    void refusesABodyThatEndsTooEarlyWithAnError() throws IOException {
        for (int i = 0; i < 2; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
                socket.getOutputStream()
                        .write((head("POST /graphql") + "Content-Length: 100\r\n\r\n" + body.substring(0, 50))
                                .getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 400")
                        .contains("\"errors\"")
                        .contains("X-Content-Type-Options");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"//graphql", "/./graphql", "/x/../graphql"})
    void answersOnlyThePathOfGraphQl(String path) {
        String kept =
                exchange(head("POST " + path, "X-Unknown: 2"), body).head().substring(0, 12);

        assertThat(exchange(head("POST " + path), body).head()).startsWith(kept);
    }

    @Test
    void countsAnOutdatedAnswerOnce() {
        dispatcher.api().forgetEverything();
        double outdated = lookups("outdated");
        double absent = lookups("absent");

        assertThat(requests.during(() -> post(body))).isEqualTo(1);

        assertThat(lookups("outdated") + lookups("absent")).isEqualTo(outdated + absent + 1);
    }

    private double lookups(String result) {
        return meters.get("towline.cache.answers")
                .tag("result", result)
                .counter()
                .count();
    }

    @Test
    void takesABodyThatComesLate() throws IOException, InterruptedException {
        byte[] sent = (head("POST /graphql") + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 4; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
                OutputStream out = socket.getOutputStream();
                for (int from : List.of(0, sent.length - body.length(), sent.length - 5)) {
                    int to = from == 0
                            ? sent.length - body.length()
                            : from == sent.length - 5 ? sent.length : sent.length - 5;
                    out.write(sent, from, to - from);
                    Thread.sleep(20);
                }
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200")
                        .contains("\"v0\":{");
            }
        }
    }

    @Test
    void answersRequestsThatComeTogetherInTheirOrder() {
        for (int i = 0; i < 3; i++) {
            String two = bodyOf(2);
            String kept = head("POST /graphql").replace("Connection: close\r\n", "");
            String sent = kept + "Content-Length: " + body.length() + "\r\n\r\n" + body + kept + "Content-Length: "
                    + two.length() + "\r\n\r\n" + two;
            Reply all = exchange(sent + head("POST /graphql"), body);
            List<String> answers = Arrays.stream((all.head() + "\r\n\r\n" + all.body()).split("HTTP/1\\.1 ", -1))
                    .skip(1)
                    .toList();
            assertThat(answers).hasSize(3).allMatch(answer -> answer.startsWith("200"));
            assertThat(answers.get(0)).doesNotContain("\"v1\"");
            assertThat(answers.get(1)).contains("\"v1\"");
            assertThat(answers.get(2)).doesNotContain("\"v1\"");
        }
    }

    private int port() {
        return dispatcher.api().port();
    }

    private long count(String name) {
        return meters.find(name).timers().stream().mapToLong(Timer::count).sum();
    }

    /** Asks for a vendor of its own so many times. */
    private String query(int times) {
        String id = dispatcher.vendor();
        return IntStream.range(0, times)
                .mapToObj(i -> "v%d: getVendor(id: \"%s\") { name capabilities updatedAt } ".formatted(i, id))
                .reduce("{ ", String::concat)
                .concat("}");
    }

    private String bodyOf(int times) {
        return "{\"query\":%s}".formatted(Endpoint.JSON.writeValueAsString(query(times)));
    }

    private Reply post(String sent, String... headers) {
        return exchange(head("POST /graphql", headers), sent);
    }

    private Reply get(String target, String... headers) {
        return exchange(head("GET " + target, headers), null);
    }

    /** The request line and headers. A header that is given replaces the one that is sent else. */
    private String head(String target, String... headers) {
        List<String> lines = new ArrayList<>(List.of(headers));
        Stream.of(
                        "Host: localhost",
                        "Connection: close",
                        "Accept: application/graphql-response+json",
                        "Content-Type: application/json",
                        "X-Towline-Local-Tenant: " + dispatcher.api().tenant())
                .filter(line -> lines.stream().noneMatch(given -> name(given).equals(name(line))))
                .toList()
                .forEach(lines::add);
        return target + " HTTP/1.1\r\n" + String.join("\r\n", lines) + "\r\n";
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf(':'));
    }

    private Reply exchange(String head, @Nullable String sent) {
        String length = sent == null ? "" : "Content-Length: " + sent.length() + "\r\n";
        try {
            return RawHttp.exactly(port(), head + length + "\r\n" + (sent == null ? "" : sent));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The headers of an answer in the order of their names, besides those of the moment. */
    private static List<String> headers(Reply reply) {
        return reply.head()
                .lines()
                .skip(1)
                .filter(line -> !line.startsWith("Date:") && !line.startsWith("RateLimit:"))
                .sorted()
                .toList();
    }
}
