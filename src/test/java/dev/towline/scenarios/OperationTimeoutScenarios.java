package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.dynamo.Fault;
import dev.towline.local.AlsoWithoutDax;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Operations that take longer than they may, because DynamoDB does not answer: the calls behind them end, too. */
@AlsoWithoutDax
class OperationTimeoutScenarios extends RunningTowline {

    /** Long before the end of the attempt, after which the call would end by itself. */
    private static final Duration SOON = Duration.ofSeconds(12);

    @Autowired
    private MeterRegistry meters;

    @DynamicPropertySource
    static void endOperationsLongBeforeTheirCalls(DynamicPropertyRegistry registry) {
        registry.add("towline.limits.operation-timeout", () -> "1s");
        registry.add("towline.dynamo.attempt-timeout", () -> "15s");
        registry.add("towline.dynamo.call-timeout", () -> "16s");
        registry.add("towline.cache.fields[Query.getVendors].enabled", () -> "false");
    }

    @AfterEach
    void calm() {
        DYNAMO.calm();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        an entity             | BatchGetItem | getIncident(id: '%s') { id }
        an uncached entity    | BatchGetItem | getVendors(ids: ['%s']) { id }
        a list                | Query        | listIncidents { edges { cursor } }
        a list of partitions  | Query        | listIncidents(filter: {statuses: [REPORTED, ASSIGNED]}) { edges { cursor } }
        """)
    void interruptsTheCallBehindIt(String what, String call, String field) {
        long before = failed(call);
        DYNAMO.always(call, Fault.requestStuck());

        // again if the time was over before the call began
        await().atMost(SOON).untilAsserted(() -> {
            Refusal refusal = dispatcher.api().refusedQuery(field.formatted(UUID.randomUUID()));
            assertThat(refusal.code()).as(what).isEqualTo("UNAVAILABLE");
            assertThat(refusal.message()).contains("longer than 1000 ms");
            assertThat(failed(call)).isGreaterThan(before);
        });
    }

    @Test
    void endsASearchAlthoughTheSharedReadGoesOn() {
        DYNAMO.always("Query", Fault.requestStuck());
        Refusal refusal = dispatcher
                .api()
                .refusedQuery("searchVendorsNearby(near: {latitude: 1, longitude: 2}, radiusMiles: 3) { totalCount }");
        assertThat(refusal.code()).isEqualTo("UNAVAILABLE");
        assertThat(refusal.message()).contains("longer than 1000 ms");
    }

    /** How many calls have failed otherwise than by their own time limit. */
    private long failed(String call) {
        return meters.find("towline.dynamo.calls").tags("operation", call, "outcome", "error").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }
}
