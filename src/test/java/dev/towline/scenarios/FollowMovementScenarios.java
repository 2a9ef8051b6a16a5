package dev.towline.scenarios;

import static dev.towline.scenarios.Dispatcher.secondsAgo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.scenarios.Dispatcher.Fix;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** With the setting, the status of a session follows the movement of its vehicle. */
@TestPropertySource(properties = "towline.intake.status.follows-movement=true")
class FollowMovementScenarios extends RunningTowline {

    @Test
    void theVehicleSetsOffAndArrivesOnce() {
        String session = dispatcher.session();
        try (Watching watching =
                Watching.session(dispatcher.api(), session, "kind sequence status eta { durationSeconds }")) {
            assertThat(watching.next().path("status").asString()).isEqualTo("ASSIGNED");
            // two kilometres in three minutes, and a minute at the incident
            Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(240);
            Fix[] drive = IntStream.rangeClosed(0, 24)
                    .mapToObj(i -> new Fix(start.plusSeconds(10L * i), 30.25 + Math.max(0, 18 - i) * 0.001, -97.75))
                    .toArray(Fix[]::new);
            dispatcher.sendAll(session, drive);
            dispatcher.sendAll(session, drive[3], secondsAgo(5));
            dispatcher.step(session, "COMPLETED");

            assertThat(watching.rest())
                    .filteredOn(update -> !update.path("kind").asString().equals("LOCATION"))
                    .extracting(update -> update.path("status").asString())
                    .containsExactly("EN_ROUTE", "ARRIVED", "COMPLETED");
        }
        JsonNode after = dispatcher.readSession(session);
        assertThat(after.path("sequence").asInt())
                .as("the assignment, 25 fixes and three steps; the other fixes are a duplicate and a late one")
                .isEqualTo(1 + 25 + 3);
    }
}
