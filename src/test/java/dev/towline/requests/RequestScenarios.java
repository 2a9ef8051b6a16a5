package dev.towline.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.RunsTowline;
import dev.towline.requests.Request.Transport;
import dev.towline.scenarios.Caller;
import dev.towline.vendor.StoredVendors;
import dev.towline.vendor.Vendors;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.execution.GraphQlSource;
import tools.jackson.databind.JsonNode;

/**
 * Random requests, well-formed and nearly well-formed, over every transport: whatever comes, nothing is answered with {@code INTERNAL}, with a
 * stack trace in the log, with HTML, or with an error for the whole of a request whose mutation ran all the same. At least 30 % are
 * answered with data, and all of the schema is reached.
 *
 * <p>The short run, of {@value #SHORT} requests and some more until all is reached, always draws the same, so that it fails only by what was
 * changed. {@code -Dtowline.requests.full} says how many a full run has; it draws others each time. {@code -Dtowline.requests.seed} gives
 * the seed, which is printed. Requests go one after another, so that whatever changes was changed by the one that was just sent.
 */
@RunsTowline
class RequestScenarios {

    private static final int SHORT = 350;

    /** One that reaches all of the schema soon. */
    private static final long SEED = 8;

    /** So many more are drawn at most, where something was not reached; sent are only those that may reach it. */
    private static final int MORE = 6_000;

    private static final int PER_TENANT = 100;
    private static final int BETWEEN_TENDINGS = 25;

    @LocalServerPort
    private int port;

    @Autowired
    private GraphQlSource source;

    @Autowired
    private Vendors vendors;

    @Test
    void answersWhateverComesWithoutAFault() {
        int full = Integer.getInteger("towline.requests.full", 0);
        int number = full == 0 ? SHORT : full;
        long seed = Long.getLong("towline.requests.seed", full == 0 ? SEED : System.nanoTime() % 1_000_000);
        System.out.printf("%d requests from -Dtowline.requests.seed=%d%n", number, seed);
        long begin = System.nanoTime();
        Tally tally = new Tally();
        Coverage coverage = new Coverage(source.schema(), directives());
        Failures failures = new Failures();

        Requests requests = new Requests(source.schema(), seed);
        try (HttpTransport http = new HttpTransport(port);
                SocketTransport sockets = new SocketTransport(port);
                LogWatch log = LogWatch.started()) {
            Exchange exchange = new Exchange(http, sockets, new RawTransport(port), log, tally, coverage);
            World world = openWorld();
            int most = number + MORE;
            for (int i = 0; i < number || (i < most && !missing(coverage).isEmpty()); i++) {
                Request request = requests.draw(i, world.known());
                if (i >= number && !coverage.mayGrowBy(request.asked())) {
                    continue;
                }
                List<String> flaws = exchange.flaws(request, world);
                if (!flaws.isEmpty()) {
                    failures.add(flaws, "request %d: %s".formatted(i, request.command(port)));
                }
                if (tally.requests() % PER_TENANT == 0) {
                    world = openWorld();
                } else if (tally.requests() % BETWEEN_TENDINGS == 0) {
                    world.tend();
                }
            }
        }

        System.out.printf("%s%n  in %d s%n", tally, (System.nanoTime() - begin) / 1_000_000_000);
        System.out.println(report(coverage));
        assertThat(failures.report()).as("kinds of failures with seed %d", seed).isEmpty();
        assertThat(tally.withData()).as("answers with data").isGreaterThan(tally.requests() * 3 / 10);
        for (Transport transport : Transport.values()) {
            assertThat(tally.of(transport)).as("%s", transport).isPositive();
        }
        assertThat(missing(coverage)).as("not reached with seed %d", seed).isEmpty();
    }

    private World openWorld() {
        return World.open(port, tenant -> StoredVendors.versions(vendors, tenant));
    }

    /** Those that are of use in a request, as the service itself tells. */
    private Stream<String> directives() {
        JsonNode found = Caller.of(port, "requests", "dispatcher")
                .query("__schema { directives { name locations args { name } } }");
        return found.path("directives")
                .valueStream()
                .filter(directive -> directive
                        .path("locations")
                        .valueStream()
                        .anyMatch(location ->
                                location.asString().matches("FIELD|QUERY|MUTATION|SUBSCRIPTION|.*FRAGMENT.*")))
                .flatMap(directive -> {
                    String name = "@" + directive.path("name").asString();
                    return Stream.concat(
                            Stream.of(name),
                            directive
                                    .path("args")
                                    .valueStream()
                                    .map(argument ->
                                            name + "(" + argument.path("name").asString() + ":)"));
                });
    }

    private static List<String> missing(Coverage coverage) {
        return coverage.reached().entrySet().stream()
                .filter(reached -> reached.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String report(Coverage coverage) {
        String rarest = coverage.reached().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(25)
                .map(reached -> reached.getKey() + " " + reached.getValue())
                .collect(Collectors.joining(", "));
        return "  reached %d of %d coordinates; the rarest: %s"
                .formatted(
                        coverage.reached().size() - missing(coverage).size(),
                        coverage.reached().size(),
                        rarest);
    }
}
