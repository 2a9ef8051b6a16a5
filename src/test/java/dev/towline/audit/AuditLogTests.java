package dev.towline.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("what others log would be captured, too")
class AuditLogTests {

    private static final Instant NOON = Instant.parse("2026-03-21T12:00:00Z");
    private static final Actor STRANGER = Actor.of(null, InetSocketAddress.createUnresolved("elsewhere", 1));

    private Instant now = NOON;
    private final AuditLog audit = new AuditLog(() -> now);

    @Test
    void saysWhoDidWhat(CapturedOutput log) {
        audit.done(actor("ann"), "cancelIncident", "i-17", "cancelled");
        assertThat(lines(log))
                .singleElement()
                .asString()
                .endsWith("action=cancelIncident object=\"i-17\" result=\"cancelled\" role=DISPATCHER subject=\"ann\""
                        + " tenant=acme address=192.0.2.7");
    }

    @Test
    void writesEveryActHoweverFast(CapturedOutput log) {
        IntStream.range(0, 20).forEach(i -> audit.done(actor("ann"), "cancelIncident", "i" + i, "cancelled"));
        assertThat(lines(log)).hasSize(20);
    }

    @Test
    void letsNobodyForgeALineOrAPart(CapturedOutput log) {
        audit.done(actor("ann\" role=OPERATOR\naction=x"), "evictCache", "all\u2028more", "1");
        assertThat(lines(log))
                .singleElement()
                .asString()
                .contains("object=\"all?more\"", "subject=\"ann? role=OPERATOR?action=x\"");
    }

    @Test
    void boundsTheLinesOfAFloodOfRefusalsAndCountsThem(CapturedOutput log) {
        IntStream.range(0, 3000).forEach(i -> {
            now = NOON.plus(Duration.ofMillis(i));
            audit.refused(STRANGER, "authenticate", "no valid credentials");
        });
        audit.refused(STRANGER, "handshake", "foreign origin");
        assertThat(lines(log)).hasSize(4);
        assertThat(lines(log).get(0))
                .endsWith("action=authenticate object=\"-\" result=\"refused: no valid credentials\" role=- subject=-"
                        + " tenant=- address=-");
        assertThat(lines(log).get(1)).endsWith("address=- and 999 more since 2026-03-21T12:00:00Z");
        assertThat(lines(log).get(3)).contains("action=handshake");
    }

    private static Actor actor(String subject) {
        return Actor.of(
                new Viewer(Role.DISPATCHER, subject, new Tenant("acme")),
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 50_000));
    }

    private static List<String> lines(CapturedOutput log) {
        return Arrays.stream(log.getOut().split("\n"))
                .filter(line -> line.contains("action="))
                .toList();
    }
}
