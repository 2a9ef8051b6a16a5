package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.edge.RawHttp;
import dev.towline.scenarios.RecordedObservations.Recorded;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is observed of a request: its resolvers, batches and calls in a recorded trace only, its operation in every one. */
class TraceScenarios extends WatchedTowline {

    private static final String REGISTER = "mutation { registerVendor(input: {name: \\\"V\\\", capabilities: [TOWING],"
            + " position: {latitude: 1, longitude: 2}}) { id } }";

    private static final String CALLS = "towline.dynamo.calls";

    private static final String CALLER = "00f067aa0ba902b7";

    @Autowired
    private RecordedSpans spans;

    @Autowired
    private RecordedObservations observations;

    @Autowired
    private SdkTracerProvider traces;

    @Autowired
    private MeterRegistry meters;

    private final String trace = UUID.randomUUID().toString().replace("-", "");

    @Test
    void aRecordedReadHasItsResolverItsBatchAndItsCallOfDynamoDb() throws IOException {
        send(readOfUnknown(), "01");

        assertThat(ancestorsOf("BatchGetItem vendors")).contains("graphql query");
        assertThat(names()).contains("graphql field getVendor").anyMatch(name -> name.startsWith("graphql dataloader"));
    }

    @Test
    void aRecordedWriteHasItsResolverAndIsBelowItsOperation() throws IOException {
        send(REGISTER, "01");

        assertThat(ancestorsOf("PutItem vendors")).startsWith("graphql mutation");
        assertThat(ancestorsOf("publish")).startsWith("graphql mutation");
        assertThat(names()).contains("graphql field registerVendor");
    }

    @Test
    void aTraceThatIsNotRecordedObservesTheOperationOnly() throws IOException {
        long readsBefore = timed("BatchGetItem");
        long writesBefore = timed("PutItem");

        send(readOfUnknown(), "00");
        send(REGISTER, "00");

        assertThat(spans()).isEmpty();
        assertThat(observations.of(trace).stream().map(Recorded::name))
                .contains("http.server.requests", "graphql.request")
                .doesNotContain("graphql.datafetcher", "graphql.dataloader", CALLS, "lettuce");
        assertThat(timed("BatchGetItem")).isEqualTo(readsBefore + 1);
        assertThat(timed("PutItem")).isEqualTo(writesBefore + 1);
    }

    @Test
    void aHeartbeatBeginsNoTrace() {
        // only heartbeats of its own prove the bus to an instance without others
        await().untilAsserted(() -> assertThat(
                        meters.get("towline.coherence.proven").gauge().value())
                .isEqualTo(1));

        assertThat(observations.all()).noneMatch(each -> each.parent() == null && "lettuce".equals(each.name()));
    }

    /** How many calls of vendors the timers have. */
    private long timed(String operation) {
        return meters.find(CALLS).tags("operation", operation, "table", "vendors", "outcome", "ok").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Test
    void anAnswerFromMemoryHasItsRequestAndItsOperationInARecordedTrace() throws IOException {
        String query = readOfUnknown();
        for (int i = 0; i < 4; i++) {
            send(query, "00"); // executed twice, and then given behind the filters until the head is known
        }
        assertThat(observedRequests()).isEqualTo(4);
        send(query, "00");
        assertThat(observedRequests()).as("needs no observation").isEqualTo(4);
        assertThat(spans()).isEmpty();

        send(query, "01");

        assertThat(observedRequests()).isEqualTo(5);
        assertThat(ancestorsOf("graphql query")).containsExactly("http post /graphql");
        assertThat(names()).hasSize(2);
    }

    private long observedRequests() {
        return observations.of(trace).stream()
                .filter(each -> "http.server.requests".equals(each.name()))
                .count();
    }

    private static String readOfUnknown() {
        return "query { getVendor(id: \\\"%s\\\") { id } }".formatted(UUID.randomUUID());
    }

    /** @param flags 01 for a recorded trace, 00 for one that is not */
    private void send(String query, String flags) throws IOException {
        RawHttp.Reply reply = RawHttp.send(
                port,
                """
                POST /graphql HTTP/1.1\r
                Content-Type: application/json\r
                Content-Length: %d\r
                X-Towline-Local-Role: DISPATCHER\r
                X-Towline-Local-Tenant: traces\r
                X-Towline-Local-Subject: somebody\r
                traceparent: 00-%s-%s-%s\r
                """.formatted(query.length() + "{'query':''}".length(), trace, CALLER, flags)
                        .stripTrailing(),
                "{\"query\":\"" + query + "\"}");
        assertThat(reply.body()).contains("\"data\"").doesNotContain("\"errors\"");
    }

    private List<SpanData> spans() {
        assertThat(traces.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
        return spans.of(trace);
    }

    private List<String> names() {
        return spans().stream().map(SpanData::getName).toList();
    }

    /** The names of the spans above a span, the nearest first. They must reach up to the span of the caller. */
    private List<String> ancestorsOf(String name) {
        Map<String, SpanData> byId =
                spans().stream().collect(Collectors.toMap(SpanData::getSpanId, Function.identity()));
        SpanData span = byId.values().stream()
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + names()));
        List<String> names = new ArrayList<>();
        String parent = CALLER;
        while (span != null) {
            parent = span.getParentSpanId();
            span = byId.get(parent);
            if (span != null) {
                names.add(span.getName());
            }
        }
        assertThat(parent).as("the root of %s", names).isEqualTo(CALLER);
        return names;
    }
}
