import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Counts what the XML reports under {@code target} say was run, and exits with 1 where a test was skipped. It also counts and prints
 * what was {@code Inconclusive}: of those tests it says that they passed.
 *
 * <p>{@code verify} runs it as a plain source file to print one line. With {@code --closing} (CI, after the build) it also fails where a
 * suite has no report or an empty one, and ends with the line that CI reads.
 */
final class TestCount {

    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Path TARGET = Path.of("target");

    private record Count(Set<String> suites, int run, Set<String> failures, int failed, int skipped) {

        Count plus(Count other) {
            return new Count(
                    union(suites, other.suites),
                    run + other.run,
                    union(failures, other.failures),
                    failed + other.failed,
                    skipped + other.skipped);
        }

        private static Set<String> union(Set<String> some, Set<String> more) {
            return Stream.concat(some.stream(), more.stream()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    public static void main(String[] args) throws IOException, XMLStreamException {
        var unit = count(TARGET.resolve("surefire-reports"));
        var integration = count(TARGET.resolve("failsafe-reports"));
        var all = unit.plus(integration);
        boolean good = all.skipped == 0;
        if (!good) {
            System.out.println("tests were skipped: mend or delete them, none is run in part");
        }
        printInconclusive();

        if (List.of(args).contains("--closing")) {
            var missing = declared();
            missing.removeAll(all.suites);
            missing.forEach(suite -> System.out.println("did not run: " + suite));
            good &= missing.isEmpty() && all.failed == 0;
            all.failures.forEach(test -> System.out.println("failed: " + test));
            System.out.printf(
                    "suites: %d by surefire, %d by failsafe%n", unit.suites.size(), integration.suites.size());
            System.out.printf("%d passed, %d failed%n", all.run - all.failed - all.skipped, all.failed);
        } else {
            System.out.printf(
                    "tests: %d suites, %d run, %d failed, %d skipped%n",
                    all.suites.size(), all.run, all.failed, all.skipped);
        }
        if (!good) {
            System.exit(1);
        }
    }

    private static void printInconclusive() throws IOException {
        var file = TARGET.resolve("inconclusive.txt");
        var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
        System.out.println(lines.size() + " inconclusive" + (lines.isEmpty() ? "" : ":"));
        lines.forEach(line -> System.out.println("  " + line));
    }

    /** The classes that surefire and failsafe are to run, by the names of their files. */
    private static Set<String> declared() throws IOException {
        try (var files = Files.walk(TESTS)) {
            return files.map(file -> TESTS.relativize(file)
                            .toString()
                            .replace(TESTS.getFileSystem().getSeparator(), "."))
                    .filter(name -> name.matches(".*(Tests|IT|Scenarios)\\.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Count count(Path directory) throws IOException, XMLStreamException {
        var sum = new Count(Set.of(), 0, Set.of(), 0, 0);
        if (!Files.isDirectory(directory)) {
            return sum;
        }
        try (var reports = Files.newDirectoryStream(directory, "TEST-*.xml")) {
            for (var report : reports) {
                sum = sum.plus(countOf(report));
            }
        }
        return sum;
    }

    /** What the attributes of a report's root element say, and which tests failed; a nested class counts for the one around it. */
    private static Count countOf(Path report) throws IOException, XMLStreamException {
        try (Reader text = Files.newBufferedReader(report)) {
            var suite = XMLInputFactory.newFactory().createXMLStreamReader(text);
            suite.nextTag();
            int run = number(suite, "tests");
            int failed = number(suite, "failures") + number(suite, "errors");
            var name = suite.getAttributeValue(null, "name").replaceAll("\\$.*", "");
            int skipped = number(suite, "skipped");
            return new Count(
                    run == 0 ? Set.of() : Set.of(name),
                    run,
                    failed == 0 ? Set.of() : failures(suite, name),
                    failed,
                    skipped);
        }
    }

    /** Each failed test as {@code class.method: message}, with the first line of the message. */
    private static Set<String> failures(XMLStreamReader suite, String suiteName) throws XMLStreamException {
        var failures = new TreeSet<String>();
        var test = suiteName;
        while (suite.hasNext()) {
            if (suite.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (suite.getLocalName()) {
                case "testcase" -> test = suiteName + "." + suite.getAttributeValue(null, "name");
                case "failure", "error" ->
                    failures.add(test + ": " + firstLine(suite.getAttributeValue(null, "message")));
                default -> {}
            }
        }
        return failures;
    }

    private static String firstLine(String message) {
        return message == null
                ? "no message"
                : message.strip().lines().findFirst().orElse("no message");
    }

    private static int number(XMLStreamReader element, String attribute) {
        return Integer.parseInt(element.getAttributeValue(null, attribute));
    }
}
