package dev.towline.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs a script of {@code clients/conformance}: each line of JSON that it prints is a test. */
final class NodeChecks {

    private static final Path PROJECT = Path.of(
            Objects.requireNonNullElse(System.getProperty("towline.project-dir"), "."), "clients", "conformance");

    private static final JsonMapper JSON = new JsonMapper();

    private NodeChecks() {}

    /**
     * The checks of the script, and one more: that it ended well and had as many as it should. Blocks until it has ended.
     *
     * @param arguments what the script gets, such as where the service is
     */
    static Stream<DynamicTest> run(int expected, String script, String... arguments) throws IOException {
        node("install.mjs");
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        Process process = start(command);
        List<DynamicTest> tests = new ArrayList<>();
        try (var output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                tests.add(test(JSON.readTree(line)));
            }
        }
        int exit = process.onExit().join().exitValue();
        Executable all = () -> {
            assertThat(exit).as("exit code of %s", script).isZero();
            assertThat(tests).as("checks of %s", script).hasSize(expected);
        };
        return Stream.concat(
                tests.stream(), Stream.of(DynamicTest.dynamicTest("runs all %d checks".formatted(expected), all)));
    }

    private static DynamicTest test(JsonNode check) {
        JsonNode failure = check.required("failure");
        return DynamicTest.dynamicTest(
                check.required("name").asString(),
                () -> assertThat(failure.isNull()).as(failure.toString()).isTrue());
    }

    private static void node(String script) throws IOException {
        assertThat(start(List.of("node", script)).onExit().join().exitValue())
                .as("exit code of %s", script)
                .isZero();
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(PROJECT.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
