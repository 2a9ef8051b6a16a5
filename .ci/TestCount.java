import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Counts what the XML reports under {@code target} say was run, and exits with 1 where a test was skipped.
 *
 * <p>{@code verify} runs it as a plain source file to print one line. With {@code --closing} (CI, after the build) it
 * also fails where surefire or failsafe ran nothing, and ends with the line that CI reads.
 */
final class TestCount {

    private record Count(int suites, int run, int failed, int skipped) {

        Count plus(Count other) {
            return new Count(suites + other.suites, run + other.run, failed + other.failed, skipped + other.skipped);
        }
    }

    public static void main(String[] args) throws IOException, XMLStreamException {
        var unit = count(Path.of("target", "surefire-reports"));
        var integration = count(Path.of("target", "failsafe-reports"));
        var all = unit.plus(integration);
        boolean good = all.skipped == 0;
        if (!good) {
            System.out.println("tests were skipped: mend or delete them, none is run in part");
        }

        if (List.of(args).contains("--closing")) {
            System.out.printf("suites: %d by surefire, %d by failsafe%n", unit.suites, integration.suites);
            good &= unit.run > 0 && integration.run > 0 && all.failed == 0;
            System.out.printf("%d passed, %d failed%n", all.run - all.failed - all.skipped, all.failed);
        } else {
            System.out.printf(
                    "tests: %d suites, %d run, %d failed, %d skipped%n", all.suites, all.run, all.failed, all.skipped);
        }
        if (!good) {
            System.exit(1);
        }
    }

    private static Count count(Path directory) throws IOException, XMLStreamException {
        var sum = new Count(0, 0, 0, 0);
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

    /** What the attributes of a report's root element say. */
    private static Count countOf(Path report) throws IOException, XMLStreamException {
        try (Reader text = Files.newBufferedReader(report)) {
            var suite = XMLInputFactory.newFactory().createXMLStreamReader(text);
            suite.nextTag();
            int failed = number(suite, "failures") + number(suite, "errors");
            return new Count(1, number(suite, "tests"), failed, number(suite, "skipped"));
        }
    }

    private static int number(XMLStreamReader element, String attribute) {
        return Integer.parseInt(element.getAttributeValue(null, attribute));
    }
}
