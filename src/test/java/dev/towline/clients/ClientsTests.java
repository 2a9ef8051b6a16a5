package dev.towline.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports each of the clients' own tests as a test of this build. */
class ClientsTests {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** A test's result in the Test Anything Protocol, as Node writes it; what is indented under it belongs to it. */
    private static final Pattern RESULT = Pattern.compile("(?m)^(not )?ok \\d+ - (.*?)( # (?:SKIP|TODO).*)?$");

    /** Where a file declares a test; one in a loop is several. */
    private static final Pattern DECLARATION = Pattern.compile("(?m)^\\s*test\\(");

    private record Result(boolean passed, String name, String details) {}

    @TestFactory
    List<DynamicTest> testsOfTheClients() {
        List<Path> files = Node.files("clients", ".test.mjs");
        // all in one process: to start one for each file takes longer than most of them run
        String all = files.stream().map("await import('./%s')"::formatted).collect(Collectors.joining("; "));
        List<String> arguments = List.of("--test-reporter=tap", "--input-type=module", "--eval", all);

        Node.Ended installed = Node.run(PATIENCE, List.of("clients/build.mjs", "driver", "load", "watch"));
        assertThat(installed.exitCode()).as("%s", installed).isZero();

        Node.Ended ended = Node.run(PATIENCE, arguments);

        List<Result> results = results(ended.output());
        List<DynamicTest> tests = new ArrayList<>();
        results.forEach(result -> tests.add(dynamicTest(result.name, () -> {
            if (!result.passed) {
                fail(result.details);
            }
        })));
        tests.add(dynamicTest("all of them ran, to the end", () -> {
            assertThat(ended.exitCode()).as("%s", ended).isZero();
            assertThat(results).hasSizeGreaterThanOrEqualTo(declared(files));
            assertThat(ended.output()).contains("1.." + results.size()).contains("# pass " + results.size());
        }));
        return tests;
    }

    @ParameterizedTest
    @ValueSource(strings = {"v20.19.0", "v20.20.2", "v22.1.0", "v100.0.0-nightly"})
    void takesARecentNode(String version) {
        assertThatNoException().isThrownBy(() -> Node.requireVersion(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v20.18.3", "v18.20.0", "v9.0.0", "", "command not found"})
    void saysWhichNodeItNeeds(String version) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Node.requireVersion(version))
                .withMessageContaining("need Node 20.19 or newer");
    }

    private static int declared(List<Path> files) {
        return files.stream()
                .map(Node::read)
                .mapToInt(text ->
                        Math.toIntExact(DECLARATION.matcher(text).results().count()))
                .sum();
    }

    private static List<Result> results(String output) {
        List<Result> results = new ArrayList<>();
        Matcher result = RESULT.matcher(output);
        while (result.find()) {
            boolean passed = result.group(1) == null && result.group(3) == null;
            results.add(new Result(passed, result.group(2), details(output.substring(result.start()))));
        }
        return results;
    }

    private static String details(String output) {
        Stream<String> indented = output.lines().skip(1).takeWhile(line -> line.startsWith(" "));
        return String.join("\n", indented.toList());
    }
}
