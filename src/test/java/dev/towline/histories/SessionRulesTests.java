package dev.towline.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link RulesTests} is, for the rules about which sessions are active. */
class SessionRulesTests {

    private final List<Operation> operations = new ArrayList<>();

    @Test
    void findsTwoActiveSessions() {
        start("s1", "v1", "i1", 10, 20);
        end("s1", Outcome.UNKNOWN, 30, 500);
        start("s2", "v1", "i2", 35, 40);
        start("s3", "v3", "i3", 35, 40);
        start("s3", "v3", "i3", 50, 60);
        assertThat(violations(new OneActiveSession())).isEmpty();

        end("s2", Outcome.REFUSED, 45, 50);
        start("s4", "v1", "i4", 60, 70);
        assertThat(violations(new OneActiveSession())).as("of one vendor").hasSize(1);

        start("s5", "v5", "i3", 60, 70);
        assertThat(violations(new OneActiveSession()))
                .as("of one incident, too")
                .hasSizeGreaterThan(1);
    }

    @Test
    void takesTheFirstAttemptForTheStartOfASession() {
        start("s1", "v1", "i1", "token", Outcome.UNKNOWN, 10, 20);
        end("s1", Outcome.ACKNOWLEDGED, 30, 40);
        start("s2", "v1", "i2", "other", Outcome.ACKNOWLEDGED, 50, 60);
        start("s1", "v1", "i1", "token", Outcome.ACKNOWLEDGED, 70, 80);
        assertThat(violations(new OneActiveSession())).isEmpty();

        start("s3", "v1", "i3", "third", Outcome.ACKNOWLEDGED, 70, 80);
        assertThat(violations(new OneActiveSession())).hasSize(1);
    }

    @Test
    void findsAnEndedSessionThatGoesOn() {
        shows(2, "EN_ROUTE");
        shows(4, "COMPLETED");
        shows(3, "ARRIVED");
        shows(5, "COMPLETED");
        assertThat(violations(new EndedStaysEnded())).isEmpty();

        shows(6, "IN_SERVICE");
        assertThat(violations(new EndedStaysEnded())).hasSize(1);
        shows(7, "CANCELLED");
        assertThat(violations(new EndedStaysEnded())).hasSize(2);
    }

    private List<String> violations(Rule rule) {
        return rule.violations(new History(operations, List.of(), List.of())).toList();
    }

    private void shows(int version, String status) {
        Observed session = new Observed("session:s", version, Map.of("status", status));
        add("getTrackingSession", Map.of("id", "s"), Outcome.ACKNOWLEDGED, 10, 20, List.of(session), Map.of());
    }

    private void start(String session, String vendor, String incident, int begun, int ended) {
        start(session, vendor, incident, session, Outcome.ACKNOWLEDGED, begun, ended);
    }

    private void start(
            String session, String vendor, String incident, String token, Outcome outcome, int begun, int ended) {
        Map<String, String> arguments = Map.of("vendorId", vendor, "incidentId", incident, "clientToken", token);
        add("startTrackingSession", arguments, outcome, begun, ended, List.of(), Map.of("id", session));
    }

    private void end(String session, Outcome outcome, int begun, int ended) {
        Map<String, String> arguments = Map.of("sessionId", session, "status", "COMPLETED");
        add("updateSessionStatus", arguments, outcome, begun, ended, List.of(), Map.of());
    }

    private void add(
            String field,
            Map<String, String> arguments,
            Outcome outcome,
            int begun,
            int ended,
            List<Observed> entities,
            Map<String, String> values) {
        operations.add(new Operation(
                1,
                "0/0",
                field,
                !field.startsWith("get"),
                Map.of(),
                arguments,
                Duration.ofMillis(begun),
                Duration.ofMillis(ended),
                outcome,
                "",
                entities,
                values));
    }
}
