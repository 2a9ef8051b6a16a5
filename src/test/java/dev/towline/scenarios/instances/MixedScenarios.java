package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.clients.Node;
import dev.towline.local.EmbeddedDax;
import dev.towline.local.Inconclusive;
import dev.towline.local.MeasuredCpu;
import dev.towline.local.SharedStack;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the resolver cache does for a mixed load on two instances, by the command that anybody can run, {@code clients/load/mixed.mjs}: a
 * twentieth of its size. With {@code -Dtowline.mixed.full} it is all of it, which has to meet every goal; the value is how many operations a
 * second there are, or {@code renew} for a schema whose fields live on past their time while nothing happens to them, or {@code dax} for
 * what DAX does for each table, or {@code answers} for what whole answers do. Of the twentieth only what does not depend on the machine is asserted:
 *
 * <ul>
 *   <li>no answer is older than what was promised, ever;
 *   <li>there are as many hits as in an ideal cache, but for a few. Who waits for a load that is under way counts for a hit here: how many
 *       those are says how slow the machine is;
 *   <li>DynamoDB is read as often as something was missed.
 * </ul>
 *
 * <p>Where a machine is so slow that the instances lose sight of each other, they rightly forget everything: of hits nothing is
 * concluded then, which counts as {@link Inconclusive}.
 */
@MeasuredCpu
class MixedScenarios {

    private static final String FULL = "towline.mixed.full";

    /** Of the run in full, operations a second. */
    private static final String RATE = "150";

    private static final Duration DAX_TTL = Duration.ofSeconds(60);
    private static final List<String> DAX_TABLES = List.of("incidents", "tracking-sessions", "vendors");

    private static final double OF_IDEAL = 0.95;

    /** Without a cache it is one a query at least; with it about 300 at this size, where most is asked for the first time. */
    private static final double MOST_READS_PER_1000_QUERIES = 500;

    /** Of the lookups of whole answers, at this size and within so few seconds, where most is asked for once or twice. */
    private static final double LEAST_WHOLE = 0.1;

    private static final List<String> PRODUCTION = List.of("-XX:+UseSerialGC", "-Xmx768m");

    /** A directive in the schema, up to where it says that it renews. */
    private static final String SHARED = "@cache\\(ttlSeconds: (\\d+), (maxTtlSeconds: \\d+, )?scope: PUBLIC";

    @Test
    void hitsAsAnIdealCacheWouldAndNeverAnswersWhatIsTooOld(@TempDir Path folder) throws IOException {
        @Nullable String full = System.getProperty(FULL);
        if (full == null) {
            runATwentieth();
        } else if (full.equals("renew")) {
            runInFullAndRenewed(folder);
        } else if (full.equals("answers")) {
            runWithAndWithoutAnswers();
        } else if (full.equals("dax")) {
            DAX_TABLES.forEach(MixedScenarios::runInFullThroughDax);
        } else {
            runInFull(full.matches("\\d+") ? full : RATE);
        }
    }

    private static void runATwentieth() {
        JsonNode report = measureTwo(
                "--sessions=500",
                "--active=100",
                "--vendors=100",
                "--areas=25",
                "--rate=60",
                "--warmup=3",
                "--seconds=10");

        assertFresh(report);
        if (report.path("missedMessages").asInt() > 0) {
            Inconclusive.because("the instances lost sight of each other on this busy machine: no word about hits");
            return;
        }
        assertThat(report.path("fields").valueStream())
                .hasSize(3)
                .allSatisfy(field -> assertThat(field.path("hitRate").asDouble() + joined(field))
                        .as("%s", field)
                        .isGreaterThanOrEqualTo(
                                OF_IDEAL * field.path("idealHitRate").asDouble()));
        JsonNode searches = report.path("singleSearches");
        assertThat(searches.at("/found/l1").asInt())
                .as("searches that the instance had computed before: %s", searches)
                .isGreaterThan(searches.path("asked").asInt() / 2);
        assertThat(report.path("readsOfQueriesPer1000Queries").asDouble()).isBetween(1.0, MOST_READS_PER_1000_QUERIES);
        assertThat(report.at("/answers/hit").asInt())
                .as("whole answers for clients that ask for a cache report")
                .isZero();
    }

    /** The same mix from clients that ask for no report: their answers may be whole. */
    @Test
    void wholeAnswersAreNotTooOldEither() {
        JsonNode report = measureTwo(
                "--plain",
                "--sessions=100",
                "--active=40",
                "--vendors=40",
                "--areas=10",
                "--rate=80",
                "--warmup=3",
                "--seconds=8");

        assertThat(report.at("/violations/answers").asInt()).isPositive();
        assertThat(report.at("/violations/examples").valueStream()).isEmpty();
        assertThat(report.path("errors").propertyNames()).isEmpty();
        assertThat(report.path("answersHitRate").asDouble())
                .as("%s", report.path("answers"))
                .isGreaterThan(LEAST_WHOLE);
    }

    private static JsonNode measureTwo(String... options) {
        Map<String, String> settings = settings();
        try (var one = TowlineProcess.launch(settings);
                var other = TowlineProcess.launch(settings)) {
            return measure(Duration.ofMinutes(5), List.of(one.awaitReady(), other.awaitReady()), List.of(), options);
        }
    }

    private static void runWithAndWithoutAnswers() {
        JsonNode report = compareWithout(
                "towline.cache.answers.enabled",
                "--plain",
                "--sessions=2000",
                "--active=400",
                "--vendors=400",
                "--areas=100",
                "--rate=" + RATE);

        assertThat(report.at("/violations/examples").valueStream()).isEmpty();
        assertThat(report.at("/comparison/cached/cpuMsPerQuery").asDouble())
                .isLessThan(report.at("/comparison/uncached/cpuMsPerQuery").asDouble());
    }

    private static void runInFull(String rate) {
        JsonNode report = compareWithout("towline.cache.enabled", "--rate=" + rate);

        assertFresh(report);
        assertThat(report.path("missed").valueStream()).isEmpty();
    }

    /** Measures two instances, and compares them with two others where this is switched off. */
    private static JsonNode compareWithout(String setting, String... options) {
        Map<String, String> settings = settings();
        Map<String, String> without = new HashMap<>(settings);
        without.put(setting, "false");
        try (var one = TowlineProcess.launchJar(PRODUCTION, settings);
                var other = TowlineProcess.launchJar(PRODUCTION, settings);
                var third = TowlineProcess.launchJar(PRODUCTION, without);
                var fourth = TowlineProcess.launchJar(PRODUCTION, without)) {
            return measure(
                    Duration.ofHours(1),
                    List.of(one.awaitReady(), other.awaitReady()),
                    List.of(third.awaitReady(), fourth.awaitReady()),
                    options);
        }
    }

    private static void runInFullAndRenewed(Path schema) throws IOException {
        writeRenewing(schema);
        Map<String, String> settings = settings();
        settings.put("spring.graphql.schema.locations", schema.toUri().toString());
        try (var one = TowlineProcess.launchJar(PRODUCTION, settings);
                var other = TowlineProcess.launchJar(PRODUCTION, settings)) {
            JsonNode report = measure(
                    Duration.ofHours(1),
                    List.of(one.awaitReady(), other.awaitReady()),
                    List.of(),
                    "--renew",
                    "--rate=" + RATE);

            assertFresh(report);
            assertThat(report.path("missed").valueStream()).isEmpty();
        }
    }

    /** Prints how often DAX had an item of this table, when only this one is read through it. */
    private static void runInFullThroughDax(String table) {
        Map<String, String> settings = settings();
        try (var dax = EmbeddedDax.inFrontOf(SharedStack.stack().dynamo().endpoint(), 0, DAX_TTL)) {
            settings.putAll(dax.properties());
            settings.put("towline.dax.tables", table);
            try (var one = TowlineProcess.launchJar(PRODUCTION, settings);
                    var other = TowlineProcess.launchJar(PRODUCTION, settings)) {
                List<TowlineProcess> instances = List.of(one.awaitReady(), other.awaitReady());
                instances.forEach(MixedScenarios::awaitWayThroughDax);
                JsonNode report = measure(
                        Duration.ofMinutes(20),
                        instances,
                        List.of(),
                        "--sessions=500",
                        "--active=100",
                        "--vendors=100",
                        "--areas=25",
                        "--rate=60",
                        "--warmup=5",
                        "--seconds=40");

                assertFresh(report);
                Metrics metrics = Metrics.of(instances);
                System.out.printf(
                        "%s: %.0f batches read through DAX, %.0f entities that were too old, %.0f batches read past"
                                + " DAX, %.0f single writes, %.0f transactions; %s%n",
                        table,
                        metrics.sum("towline_dynamo_calls_seconds_count", "path=\"dax\"", "BatchGetItem", table),
                        metrics.sum("towline_dynamo_outdated_total", table),
                        metrics.sum("towline_dax_bypassed_total", table),
                        metrics.sum("towline_dynamo_calls_seconds_count", "PutItem"),
                        metrics.sum("towline_dynamo_calls_seconds_count", "TransactWriteItems"),
                        dax.cluster().counters());
            }
        }
    }

    private static void awaitWayThroughDax(TowlineProcess instance) {
        await().atMost(DAX_TTL.plusSeconds(60))
                .until(() -> instance.get("/actuator/health").body().contains("reads go through DAX"));
    }

    private static JsonNode measure(
            Duration patience, List<TowlineProcess> instances, List<TowlineProcess> uncached, String... options) {
        List<String> command =
                new ArrayList<>(List.of("clients/load/mixed.mjs", "--json", "--urls=" + urls(instances)));
        if (!uncached.isEmpty()) {
            command.add("--compare-urls=" + urls(uncached));
        }
        command.addAll(List.of(options));
        Node.Ended ended = Node.run(patience, command);
        System.out.println(ended.errors());
        assertThat(ended.exitCode()).as("%s", ended).isLessThan(2);
        return JsonMapper.shared().readTree(ended.output());
    }

    private static void assertFresh(JsonNode report) {
        JsonNode violations = report.path("violations");
        assertThat(violations.path("answers").asInt()).isPositive();
        assertThat(violations.path("withSeen").asInt()).isPositive();
        assertThat(violations.path("examples").valueStream()).isEmpty();
        assertThat(report.path("errors").propertyNames()).isEmpty();
    }

    /** Of a field's queries, the share that waited for a load that somebody else had begun. */
    private static double joined(JsonNode field) {
        return field.at("/results/joined").asDouble(0) / field.path("queries").asDouble();
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        return settings;
    }

    private static String urls(List<TowlineProcess> instances) {
        return instances.stream()
                .map(instance -> instance.uri("/graphql").toString())
                .collect(Collectors.joining(","));
    }

    private static void writeRenewing(Path folder) throws IOException {
        Path project = Path.of(System.getProperty("towline.project-dir", "")).toAbsolutePath();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(project.resolve("schema"), "*.graphqls")) {
            for (Path file : files) {
                String renewing = Files.readString(file)
                        .replaceAll(SHARED, "@cache(ttlSeconds: $1, maxTtlSeconds: 3600, renew: true, scope: PUBLIC");
                Files.writeString(folder.resolve(file.getFileName()), renewing);
            }
        }
    }
}
