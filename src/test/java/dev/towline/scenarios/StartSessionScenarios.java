package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For whom, for what and when a session starts. */
class StartSessionScenarios extends RunningTowline {

    @Test
    void refusesAVendorOnAnotherJob() {
        String vendor = dispatcher.vendor();
        dispatcher.session(dispatcher.incident(), vendor);
        String incident = dispatcher.incident();

        refusedStart(incident, vendor).is("CONFLICT", "input.vendorId", "BUSY");
        assertThat(dispatcher.readIncident(incident).path("status").asString()).isEqualTo("REPORTED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BUSY", "OFFLINE"})
    void refusesAVendorThatTakesNoJobs(String availability) {
        String vendor = dispatcher.vendor();
        declare(vendor, availability);
        String incident = dispatcher.incident();

        refusedStart(incident, vendor).is("CONFLICT", "input.vendorId", availability, "AVAILABLE");
        declare(vendor, "AVAILABLE");
        assertThat(dispatcher.session(incident, vendor)).isNotEmpty();
    }

    @Test
    void refusesAnIncidentThatWaitsForNobody() {
        String assigned = dispatcher.incident();
        String session = dispatcher.session(assigned, dispatcher.vendor());
        refusedStart(assigned, dispatcher.vendor()).is("CONFLICT", "input.incidentId", "ASSIGNED");
        dispatcher.step(session, "IN_SERVICE");
        refusedStart(assigned, dispatcher.vendor()).is("CONFLICT", "input.incidentId", "IN_PROGRESS");
        dispatcher.step(session, "COMPLETED");
        refusedStart(assigned, dispatcher.vendor()).is("CONFLICT", "input.incidentId", "RESOLVED");

        String cancelled = dispatcher.incident();
        dispatcher.api().mutate("cancelIncident(input: {incidentId: '%s'}) { id }".formatted(cancelled));
        String vendor = dispatcher.vendor();
        refusedStart(cancelled, vendor).is("CONFLICT", "input.incidentId", "CANCELLED");
        assertThat(dispatcher.readVendor(vendor).path("availability").asString())
                .isEqualTo("AVAILABLE");
    }

    @Test
    void saysWhatThereIsNot() {
        refusedStart("nowhere", dispatcher.vendor()).is("NOT_FOUND", "input.incidentId");
        refusedStart(dispatcher.incident(), "nobody").is("NOT_FOUND", "input.vendorId");
        refusedStart(" ", dispatcher.vendor()).is("BAD_INPUT", "input.incidentId");
        refusedStart(dispatcher.incident(), "").is("BAD_INPUT", "input.vendorId");
    }

    @Test
    void takesAJobThatIsEnteredLate() {
        Instant startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(7 * 24 - 1));
        String session = dispatcher
                .api()
                .mutate(start(dispatcher.incident(), dispatcher.vendor(), startedAt))
                .path("id")
                .asString();
        assertThat(Instant.parse(
                        dispatcher.readSession(session).path("startedAt").asString()))
                .isEqualTo(startedAt);
    }

    @Test
    void refusesAStartInTheFutureOrLongAgo() {
        String incident = dispatcher.incident();
        String vendor = dispatcher.vendor();
        Instant now = Instant.now();
        dispatcher
                .api()
                .refused(start(incident, vendor, now.plus(Duration.ofMinutes(1))))
                .is("BAD_INPUT", "input.startedAt");
        dispatcher
                .api()
                .refused(start(incident, vendor, now.minus(Duration.ofDays(8))))
                .is("BAD_INPUT", "input.startedAt");
        dispatcher
                .api()
                .refused(start(incident, vendor, now.minus(Duration.ofDays(7)).minusSeconds(1)))
                .is("BAD_INPUT", "input.startedAt");
    }

    private void declare(String vendor, String availability) {
        dispatcher
                .api()
                .mutate("setVendorAvailability(input: {vendorId: '%s', availability: %s}) { id }"
                        .formatted(vendor, availability));
    }

    private Refusal refusedStart(String incident, String vendor) {
        return dispatcher
                .api()
                .refused("startTrackingSession(input: {incidentId: '%s', vendorId: '%s'}) { id }"
                        .formatted(incident, vendor));
    }

    private static String start(String incident, String vendor, Instant startedAt) {
        return "startTrackingSession(input: {incidentId: '%s', vendorId: '%s', startedAt: '%s'}) { id }"
                .formatted(incident, vendor, startedAt);
    }
}
