package dev.towline.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.LocalIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code infra-notes/security.md} promises is there. */
class SecurityPageTests {

    private static final Path PAGE = Path.of("infra-notes/security.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Tests|IT|Scenarios))`");
    private static final Pattern KIND = Pattern.compile("\\(\"([^\"]+)\"\\)");

    @Test
    void namesTestsThatThereAre() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        assertThat(matches(TEST)).hasSizeGreaterThan(20).isSubsetOf(tests);
    }

    @Test
    void namesATestForEachPoint() throws IOException {
        List<String> points = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && !line.equals("| point | how | test |"))
                .toList();
        assertThat(points).hasSizeGreaterThan(20).allSatisfy(point -> {
            List<String> cells = List.of(point.split(" \\| |\\| | \\|", -1));
            assertThat(cells).as(point).hasSize(5);
            assertThat(TEST.matcher(cells.get(3)).find()).as(point).isTrue();
        });
    }

    @Test
    void namesKindsOfInputsThatThereAre() throws IOException {
        List<HostileInput> inputs = inputs();
        assertThat(matches(KIND))
                .hasSizeGreaterThan(4)
                .isSubsetOf(inputs.stream().map(HostileInput::kind).toList());
    }

    @Test
    void thereAreEnoughInputs() {
        // bytes by chance are as many as one likes
        List<HostileInput> inputs = inputs().stream()
                .filter(input -> !input.kind().startsWith("random "))
                .toList();
        assertThat(inputs)
                .hasSizeGreaterThanOrEqualTo(200)
                .extracting(HostileInput::toString)
                .doesNotHaveDuplicates();
        assertThat(inputs.stream().map(HostileInput::kind).distinct()).hasSizeGreaterThanOrEqualTo(25);
    }

    /** Those for which the suite is there in the first place. */
    @Test
    void theInputsThatArePromisedAreThere() {
        assertThat(inputs())
                .extracting(HostileInput::toString)
                .contains(
                        "fragment bombs of ten spreads: 12",
                        "fragment cycles: 3",
                        "aliases: 10,000",
                        "aliased pages: 100",
                        "directives: 10,000",
                        "long bodies: 100 MB of variables in chunks",
                        "invalid UTF-8: a lone continuation byte in a document",
                        "deep JSON: 900000 arrays",
                        "compressed bodies: gzip",
                        "slow requests: a body byte by byte",
                        "half-open connections: 200 of them",
                        "WebSocket floods: 20,000 queries",
                        "WebSocket floods: 600 streams that stay",
                        "connections that never begin: 300 of them",
                        "forged tokens: the algorithm «none»",
                        "forged tokens: another key of the same name",
                        "tokens with wrong claims: wrong audience",
                        "tokens with wrong claims: expired",
                        "malformed tokens: 50000 characters");
    }

    private static List<HostileInput> inputs() {
        try (LocalIssuer issuer = LocalIssuer.start()) {
            return HostileScenarios.inputs(issuer);
        }
    }

    private static Set<String> matches(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }
}
