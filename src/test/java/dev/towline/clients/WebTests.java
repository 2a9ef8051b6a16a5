package dev.towline.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reports each of the web client's own tests, which Vitest runs, as a test of this build. */
class WebTests {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TestFactory
    List<DynamicTest> testsOfTheWebClient(@TempDir Path folder) throws IOException {
        Path report = folder.resolve("report.json");
        Node.Ended built = Node.run(PATIENCE, List.of("clients/build.mjs", "web"));
        assertThat(built.exitCode()).as("%s", built).isZero();
        Node.Ended again = Node.run(PATIENCE, List.of("clients/build.mjs", "web"));

        Node.Ended ended = Node.run(
                PATIENCE,
                List.of(
                        "clients/web/node_modules/vitest/vitest.mjs",
                        "run",
                        "--root=clients/web",
                        "--reporter=json",
                        "--outputFile=" + report));
        JsonNode results = JsonMapper.shared().readTree(Files.readString(report));
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode file : results.required("testResults")) {
            file.required("assertionResults").forEach(result -> tests.add(test(result)));
        }
        tests.add(dynamicTest("nothing is built again where nothing has changed", () -> {
            assertThat(again.exitCode()).as("%s", again).isZero();
            assertThat(again.output()).doesNotContain("npm ");
        }));
        tests.add(dynamicTest("all of them ran, to the end", () -> {
            assertThat(ended.exitCode()).as("%s", ended).isZero();
            assertThat(results.required("testResults")).hasSameSizeAs(Node.files("clients/web/src", ".test.ts"));
        }));
        return tests;
    }

    /** One that is skipped has not passed. */
    private static DynamicTest test(JsonNode result) {
        return dynamicTest(result.required("fullName").asString(), () -> {
            if (!result.required("status").asString().equals("passed")) {
                fail(result.toString());
            }
        });
    }
}
