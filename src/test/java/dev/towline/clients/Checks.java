package dev.towline.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Scripts that check a running service with packages from npm: each line of JSON that one prints is a test. Blocking. */
public final class Checks {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private Checks() {}

    /**
     * The checks of a script, and one more: that it ended well and had as many as it should.
     *
     * @param project the folder under {@code clients/}, whose packages are installed first
     * @param arguments what the script gets, such as where the service is
     */
    public static Stream<DynamicTest> run(int expected, String project, String script, String... arguments) {
        Node.Ended installed = Node.run(PATIENCE, List.of("clients/build.mjs", project));
        assertThat(installed.exitCode()).as("%s", installed).isZero();

        List<String> command = new ArrayList<>(List.of("clients/" + project + "/" + script));
        command.addAll(List.of(arguments));
        Node.Ended ended = Node.run(PATIENCE, command);
        List<DynamicTest> tests = ended.output()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .map(Checks::test)
                .toList();
        DynamicTest all = dynamicTest("runs all %d checks".formatted(expected), () -> {
            assertThat(ended.exitCode()).as("%s", ended).isZero();
            assertThat(tests).hasSize(expected);
        });
        return Stream.concat(tests.stream(), Stream.of(all));
    }

    private static DynamicTest test(JsonNode check) {
        JsonNode failure = check.required("failure");
        return dynamicTest(check.required("name").asString(), () -> {
            if (!failure.isNull()) {
                fail(failure.asString());
            }
        });
    }
}
