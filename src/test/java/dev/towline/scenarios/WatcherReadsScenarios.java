package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.dynamo.DynamoRequest;
import dev.towline.dynamo.Fault;
import dev.towline.local.AlsoWithoutDax;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

/** Watchers cost no reads of their own, counted on the wire. */
@AlsoWithoutDax
class WatcherReadsScenarios extends RunningTowline {

    private static final int WATCHERS = 60;

    @Value("${towline.dynamo.table-prefix}")
    private String tablePrefix;

    @AfterEach
    void calm() {
        DYNAMO.calm();
    }

    @Test
    void watchersWhoComeTogetherShareReadsAndUpdatesNeedNone() {
        String session = dispatcher.session();
        dispatcher.send(session, secondsAgo(60));
        DYNAMO.forgetRequests();
        // long enough for all to come before the first read ends
        DYNAMO.always("BatchGetItem", Fault.slow(Duration.ofSeconds(2)));
        List<Watching> watchers = Together.times(
                WATCHERS,
                _ -> Watching.session(dispatcher.api(), session, "sequence session { id version sequence status }"));
        try {
            assertThat(watchers)
                    .allSatisfy(watching ->
                            assertThat(watching.next().path("sequence").asInt()).isEqualTo(2));
            assertThat(reads()).as("reads for %d snapshots", WATCHERS).hasSize(1);
            DYNAMO.calm();
            DYNAMO.forgetRequests();

            for (int sequence = 3; sequence <= 5; sequence++) {
                dispatcher.send(session, secondsAgo(60 - 10 * sequence));
                for (Watching watching : watchers) {
                    assertThat(watching.next().at("/session/sequence").asInt()).isGreaterThanOrEqualTo(sequence);
                }
            }
            assertThat(reads()).as("reads for %d updates of each", 3).isEmpty();
        } finally {
            watchers.forEach(Watching::close);
        }
    }

    private List<DynamoRequest> reads() {
        return DYNAMO.requests().stream()
                .filter(request -> request.tables().contains(tablePrefix + "tracking-sessions"))
                .filter(request -> request.operation().contains("Get")
                        || request.operation().equals("Query"))
                .toList();
    }
}
