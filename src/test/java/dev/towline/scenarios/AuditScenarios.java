package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the audit log has of cancellations. Tests of other features show the rest in it. */
@ExtendWith(OutputCaptureExtension.class)
class AuditScenarios extends RunningTowline {

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
