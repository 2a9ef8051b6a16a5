package dev.towline.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.RunsTowline;
import dev.towline.scenarios.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

/** {@code clients/import/import.mjs} on a running service: what it prints and how it ends. */
@RunsTowline
class ImportCommandScenarios {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String EXAMPLE = "clients/import/example/vendors.";

    private final String tenant = "import-" + UUID.randomUUID();

    @LocalServerPort
    private int port;

    @TempDir
    private Path folder;

    @Test
    void loadsTheExamplesAndKnowsThemAgain() {
        Node.Ended first = run(EXAMPLE + "csv");
        assertThat(first.exitCode()).as("%s", first).isZero();
        assertThat(first.output()).contains("SUCCEEDED: 3 rows, 3 of them changed a vendor, 0 had errors.");

        Node.Ended again = run(EXAMPLE + "csv");
        assertThat(again.exitCode()).as("%s", again).isZero();
        assertThat(again.output()).contains("has this file already. --again imports it anew.");

        Node.Ended more = run(EXAMPLE + "ndjson");
        assertThat(more.exitCode()).as("%s", more).isZero();
        assertThat(Caller.of(port, tenant, "ann")
                        .query("getVendors(ids: [\"example-1\", \"example-4\"]) { name rating version }")
                        .toString())
                .isEqualTo("[{\"name\":\"Ace Towing, Inc.\",\"rating\":4.6,\"version\":2},"
                        + "{\"name\":\"Lockout Larry\",\"rating\":null,\"version\":1}]");
    }

    @Test
    void namesBadRowsAndFails() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.csv"), "id,name,lat,lon\nv1,Ace,1,2\nv2,Bob,x,2\n");
        Node.Ended ended = run(file.toString());
        assertThat(ended.exitCode()).as("%s", ended).isEqualTo(1);
        assertThat(ended.output()).contains("2 rows, 1 of them changed a vendor, 1 had errors.");
        assertThat(ended.output()).contains("line 3: `latitude` is not a number.");

        Node.Ended forbidden = Node.run(
                PATIENCE,
                List.of("clients/import/import.mjs", file.toString(), "--url=" + url(), "--tenant=" + tenant));
        assertThat(forbidden.exitCode()).isEqualTo(1);
        assertThat(forbidden.errors()).contains("FORBIDDEN");
    }

    private Node.Ended run(String file) {
        return Node.run(
                PATIENCE,
                List.of(
                        "clients/import/import.mjs",
                        file,
                        "--url=" + url(),
                        "--role=OPERATOR",
                        "--tenant=" + tenant,
                        "--poll-ms=100"));
    }

    private String url() {
        return "http://127.0.0.1:" + port + "/graphql";
    }
}
