package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the audit log has of mutations and subscriptions. Other tests show evictions, share links and foreign pages in it. */
@ExtendWith(OutputCaptureExtension.class)
class AuditScenarios extends RunningTowline {

    @Test
    void namesTheFieldOfARefusedSubscription(CapturedOutput output) {
        String tenant = dispatcher.api().tenant();

        String answer = new Endpoint(dispatcher.api().port())
                .post(
                        "{\"query\":\"subscription { board: onDispatchChanged { kind } }\"}",
                        "Accept",
                        "text/event-stream",
                        "X-Towline-Local-Role",
                        "CALLER",
                        "X-Towline-Local-Tenant",
                        tenant)
                .text();

        assertThat(answer).contains("FORBIDDEN");
        assertThat(lines(output))
                .containsOnlyOnce("action=")
                .contains("action=onDispatchChanged object=\"-\" result=\"refused: FORBIDDEN\" role=CALLER")
                .contains("tenant=" + tenant);
    }

    @Test
    void hasEachWayToCancelAJob(CapturedOutput output) {
        String incident = dispatcher.incident();
        String ended = dispatcher.session(dispatcher.incident(), dispatcher.vendor());
        String arrived = dispatcher.session(dispatcher.incident(), dispatcher.vendor());

        dispatcher.api().mutate("cancelIncident(input: {incidentId: '%s'}) { id }".formatted(incident));
        dispatcher.advance(ended, "CANCELLED");
        dispatcher.advance(arrived, "ARRIVED");

        assertThat(lines(output))
                .contains(
                        "action=cancelIncident object=\"%s\" result=\"cancelled\" role=DISPATCHER".formatted(incident))
                .contains("action=updateSessionStatus object=\"%s\" result=\"cancelled\" role=DISPATCHER"
                        .formatted(ended))
                .doesNotContain(arrived);
    }

    /** The lines of the audit log, which are in JSON. */
    private String lines(CapturedOutput output) {
        return String.join(
                "\n",
                output.getOut()
                        .lines()
                        .filter(line -> line.contains("dev.towline.audit"))
                        .map(line -> line.replace("\\\"", "\""))
                        .toList());
    }
}
