package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.edge.Endpoint;
import dev.towline.edge.Endpoint.Answer;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStages;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Answers that are given without an execution, seen from outside. */
class WholeAnswersScenarios extends RunningTowline {

    private static final String SESSION =
            "{ getTrackingSession(id: \"%s\") { status version currentLocation { latitude }"
                    + " vendor { name phone position { latitude } } incident { description status } } }";

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private ChangeStages stages;

    private Endpoint endpoint = new Endpoint(0);

    @BeforeEach
    void reach() {
        endpoint = new Endpoint(dispatcher.api().port());
    }

    @Test
    void givesTheSameAnswerAgainWithoutAnExecution() {
        // A vendor, whose entry is good for minutes: the machine may be busy.
        String body = body(vendors(dispatcher.vendor(), 2), "{}");
        Answer executed = post(body);
        assertThat(given(() -> post(body))).as("asked for the second time").isZero();
        double requests = timed("http.server.requests");
        double operations = timed("graphql.request");

        Answer again = answered(body);

        assertThat(again.text()).isEqualTo(executed.text());
        assertThat(again.body().at("/extensions/cost/requested").asInt()).isPositive();
        for (String header : List.of("Content-Type", "Cache-Control", "RateLimit-Policy")) {
            assertThat(again.header(header)).as(header).isEqualTo(executed.header(header));
        }
        assertThat(again.headers().map().keySet())
                .isEqualTo(executed.headers().map().keySet());
        assertThat(timed("graphql.request")).isEqualTo(operations + 1);
        // it is counted when the answer has been sent
        await().untilAsserted(() -> assertThat(timed("http.server.requests")).isGreaterThan(requests));
    }

    @Test
    void sharesAnAnswerAmongRequestsThatDifferInWhiteSpaceAndOrder() {
        String vendor = dispatcher.vendor();
        String query = "query($id: ID!, $more: Boolean!) { getVendor(id: $id) { name phone @include(if: $more) } }";
        remember(body(query, "{\"id\":\"%s\",\"more\":true}".formatted(vendor)));

        assertThat(given(() -> post(body(query, "{\"more\" :true,\n \"id\": \"%s\"}".formatted(vendor)))))
                .isEqualTo(1);
        assertThat(given(() -> post(body(query, "{\"more\": false, \"id\": \"%s\"}".formatted(vendor)))))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip", "identity"})
    void hasEachCodingAndAnswers304(String coding) {
        String path = "?query=" + URLEncoder.encode(vendors(dispatcher.vendor(), 25), StandardCharsets.UTF_8);
        Answer executed = get(path, "Accept-Encoding", coding);
        get(path);

        for (int i = 0; i < 2; i++) {
            assertThat(given(() -> {
                        Answer again = get(path, "Accept-Encoding", coding);
                        assertThat(again.header("Content-Encoding")).isEqualTo(executed.header("Content-Encoding"));
                        assertThat(again.text()).isEqualTo(executed.text());
                        assertThat(again.header("ETag")).isEqualTo(executed.header("ETag"));
                    }))
                    .isEqualTo(1);
        }
        for (String tag : List.of(executed.header("ETag"), "*")) {
            assertThat(given(() -> {
                        Answer unchanged = get(path, "Accept-Encoding", coding, "If-None-Match", tag);
                        assertThat(unchanged.status()).isEqualTo(304);
                        assertThat(unchanged.text()).isEmpty();
                    }))
                    .isEqualTo(1);
        }
    }

    @Test
    void givesNoAnswerFromBeforeAWrite() {
        String vendor = dispatcher.vendor();
        String incident = dispatcher.incident();
        String session = dispatcher.session(incident, vendor);
        String body = body(SESSION.formatted(session), "{}");
        for (int i = 0; i < 5; i++) {
            remember(body);
            String name = "Name " + i;
            dispatcher.api().mutate("updateVendor(input: {vendorId: '%s', name: '%s'}) { id }".formatted(vendor, name));
            assertThat(post(body)
                            .body()
                            .at("/data/getTrackingSession/vendor/name")
                            .asString())
                    .isEqualTo(name);
        }
        remember(body);
        dispatcher
                .api()
                .mutate("updateSessionStatus(input: {sessionId: '%s', status: EN_ROUTE}) { id }".formatted(session));
        assertThat(post(body).body().at("/data/getTrackingSession/status").asString())
                .isEqualTo("EN_ROUTE");
    }

    @Test
    void givesNoAnswerFromBeforeSomethingAppeared() {
        String id = "late-" + dispatcher.api().tenant();
        String body = body("{ getVendor(id: \"%s\") { name } }".formatted(id), "{}");
        remember(body);
        assertThat(answered(body).text()).contains("\"getVendor\":null");

        dispatcher
                .api()
                .mutate(("registerVendor(input: {id: '%s', name: 'Late', capabilities: [], position: {latitude: 1,"
                                + " longitude: 1}}) { id }")
                        .formatted(id));

        assertThat(post(body).body().at("/data/getVendor/name").asString()).isEqualTo("Late");
    }

    @Test
    void givesNoAnswerFromBeforeAGapOrAnEviction() {
        String body = body(SESSION.formatted(dispatcher.session()), "{}");
        remember(body);
        stages.pass(new ChangeEvent.Gap(ChangeEvent.Reason.LOST));
        assertThat(given(() -> post(body))).as("after a gap").isZero();
        remember(body);
        dispatcher.api().forgetEverything();
        assertThat(given(() -> post(body))).as("after an eviction").isZero();
    }

    @Test
    void executesWhatAClientHasSeenAndReportsWhatItWouldHaveDone() {
        String vendor = dispatcher.vendor();
        String body = body(vendors(vendor, 2), "{}");
        remember(body);

        assertThat(given(() -> post(body, "X-Towline-Seen", "vendor:" + vendor + "=1")))
                .isZero();
        assertThat(given(() -> {
                    Answer report = post(body, "X-Towline-Cache-Report", "1");
                    assertThat(report.body()
                                    .at("/extensions/cache")
                                    .valueStream()
                                    .map(line -> line.path("tier").asString() + " "
                                            + line.path("result").asString()))
                            .containsOnly("answer hit");
                }))
                .isZero();
        dispatcher.api().mutate("updateVendor(input: {vendorId: '%s', name: 'New'}) { id }".formatted(vendor));
        assertThat(post(body, "X-Towline-Cache-Report", "1")
                        .body()
                        .at("/extensions/cache/~1v0/tier")
                        .asString())
                .isEqualTo("l1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ getViewer { role } }",
                "{ __typename }",
                "{ listIncidents { edges { node { id } } } }",
                "{ getVendor(id: \"nobody\") { name } getViewer { subject } }",
                "{ listIncidents(first: 0) { edges { node { id } } } }",
                "{ nothing }"
            })
    void executesWhatIsNotMadeFromEntriesOnly(String query) {
        String body = body(query, "{}");
        remember(body);
        assertThat(given(() -> post(body))).isZero();
    }

    @Test
    void refusesTheBytesOfAnAnswerInAnotherContentType() {
        String body = body(SESSION.formatted(dispatcher.session()), "{}");
        remember(body);
        assertThat(post(body, "Content-Type", "text/plain").status()).isEqualTo(415);
    }

    @Test
    void showsEachViewerWhatItMaySee() {
        String vendor = dispatcher.vendor();
        String session = dispatcher.session(dispatcher.incident(), vendor);
        List<String[]> viewers = List.of(
                viewer("DISPATCHER", "dan"),
                viewer("DISPATCHER", "dora"),
                viewer("OPERATOR", "olga"),
                viewer("VENDOR", vendor),
                viewer("VENDOR", "another"),
                viewer("CALLER", "dispatcher"),
                viewer("CALLER", "another"));
        List<String> queries = Stream.of(
                        SESSION.formatted(session),
                        "{ getVendor(id: \"%s\") { name phone } }".formatted(vendor),
                        "{ getActiveSessionByIncident(incidentId: \"none\") { id } }")
                .map(query -> body(query, "{}"))
                .toList();
        double hits = hits();
        for (int round = 0; round < 3; round++) {
            for (String query : queries) {
                for (String[] viewer : viewers) {
                    // a cache report is executed, and this one is empty or not part of the data
                    String[] reporting = Stream.concat(Stream.of(viewer), Stream.of("X-Towline-Cache-Report", "1"))
                            .toArray(String[]::new);
                    assertThat(endpoint.post(query, viewer).body().path("data"))
                            .as("%s for %s", query, List.of(viewer))
                            .isEqualTo(endpoint.post(query, reporting).body().path("data"));
                }
            }
        }
        assertThat(hits() - hits).as("given again").isGreaterThan(15);
        assertThat(endpoint.post(queries.getFirst(), viewer("VENDOR", "another"))
                        .text())
                .contains("\"getTrackingSession\":null");
    }

    private String[] viewer(String role, String subject) {
        return new String[] {
            "X-Towline-Local-Tenant",
            dispatcher.api().tenant(),
            "X-Towline-Local-Role",
            role,
            "X-Towline-Local-Subject",
            subject
        };
    }

    /** Asks until the answer is remembered. */
    private void remember(String body) {
        post(body);
        post(body);
    }

    /** The answer to a request, which is given without an execution. */
    private Answer answered(String body) {
        @Nullable Answer[] answer = new @Nullable Answer[1];
        assertThat(given(() -> answer[0] = post(body))).as("given again").isEqualTo(1);
        return Objects.requireNonNull(answer[0]);
    }

    private double given(Runnable request) {
        double before = hits();
        request.run();
        return hits() - before;
    }

    private double hits() {
        return meters.get("towline.cache.answers")
                .tag("result", "hit")
                .counter()
                .count();
    }

    private double timed(String name) {
        return meters.find(name).timers().stream().mapToDouble(Timer::count).sum();
    }

    private static String vendors(String id, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> "v%d: getVendor(id: \"%s\") { name capabilities updatedAt }".formatted(i, id))
                .reduce("{ ", (all, each) -> all + each + " ", String::concat)
                .concat("}");
    }

    private static String body(String query, String variables) {
        return "{\"query\":%s,\"variables\":%s}".formatted(Endpoint.JSON.writeValueAsString(query), variables);
    }

    private Answer post(String body, String... headers) {
        return endpoint.post(body, with(headers));
    }

    private Answer get(String path, String... headers) {
        return endpoint.send(endpoint.request(path).headers(with(headers)));
    }

    private String[] with(String... headers) {
        return Stream.concat(
                        Stream.of("X-Towline-Local-Tenant", dispatcher.api().tenant()), Stream.of(headers))
                .toArray(String[]::new);
    }
}
