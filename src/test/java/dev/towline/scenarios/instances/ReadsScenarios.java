package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.clients.Node;
import dev.towline.local.MeasuredCpu;
import dev.towline.local.SharedStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a hot read costs, beside Mercurius with its cache and a bare servlet: {@code clients/load/reads.mjs}. With {@code
 * -Dtowline.reads="--rounds=5 --out=FILE"} it runs that on the production jar, with the JVM options of production and with a bare Node server, and
 * judges no ratio. Then one more instance executes every query, and one has no cache.
 */
@MeasuredCpu
class ReadsScenarios {

    private static final @Nullable String FULL = System.getProperty("towline.reads");
    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Duration PATIENCE = Duration.ofMinutes(60);
    private static final List<String> PRODUCTION = List.of("-XX:+UseSerialGC", "-Xmx768m");

    private static final List<String> SHORT = List.of(
            "--beside=mercurius",
            "--sessions=10",
            "--connections=8",
            "--rate=800",
            "--slow-rate=0",
            "--seconds=2",
            "--rounds=3",
            "--warmup=5",
            // a busy machine must not end the warm-up before the code is compiled
            "--all");

    /** It was 1.7 without C2. The goal, 1.5, is for a long run on the production jar. */
    private static final double MOST_OF_THE_SERVLET = 8;

    /** It was 1.8 without C2, which does not slow down Mercurius. The goal, 0.5, is for a long run on the production jar. */
    private static final double MOST_OF_MERCURIUS = 6;

    /** A session is read anew after five seconds, and each of the ten was asked for two hundred times. */
    private static final double LEAST_FROM_MEMORY = 0.9;

    /** An answer is remembered when it is asked for the second time, and again after each reading of its session. */
    private static final double MOST_ARE_WHOLE = 0.7;

    @Test
    void aHotReadCostsAFewTimesWhatOthersCost() {
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.keySet().removeIf(name -> name.startsWith("towline.dax."));
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        List<AutoCloseable> started = new ArrayList<>();
        try {
            List<String> command = new ArrayList<>(List.of("clients/load/reads.mjs", "--json"));
            // it makes the tables, which takes long if several do it at once
            TowlineProcess service = launch(settings, started).awaitReady();
            if (FULL != null) {
                TowlineProcess executing = launch(and(settings, "towline.cache.answers.enabled"), started);
                TowlineProcess uncached = launch(and(settings, "towline.cache.enabled"), started);
                command.addAll(options("executing", executing.awaitReady()));
                command.addAll(options("uncached", uncached.awaitReady()));
            }
            BareServletProcess servlet = BareServletProcess.start(FULL == null ? QuickJar.LEAN : PRODUCTION);
            started.add(servlet);
            command.addAll(List.of(
                    "--url=" + service.uri("/graphql"),
                    "--service-pid=" + service.pid(),
                    "--servlet-url=" + servlet.uri(),
                    "--servlet-pid=" + servlet.pid()));
            command.addAll(FULL == null ? SHORT : SPACES.splitAsStream(FULL).toList());
            Node.Ended installed = Node.run(PATIENCE, List.of("clients/build.mjs", "load"));
            assertThat(installed.exitCode()).as("%s", installed).isZero();

            Node.Ended ended = Node.run(PATIENCE, command);

            System.out.println(ended.errors());
            assertThat(ended.exitCode()).as("%s", ended).isZero();
            JsonNode figures = JsonMapper.shared().readTree(ended.output());
            System.out.println(figures.path("table").asString());
            JsonNode tiers = figures.at("/kinds/service/tiers");
            assertThat(tiers.path("answer").asDouble() + tiers.path("l1").asDouble())
                    .as("%s", tiers)
                    .isGreaterThan(LEAST_FROM_MEMORY);
            assertThat(tiers.path("answer").asDouble()).as("%s", tiers).isGreaterThan(MOST_ARE_WHOLE);
            if (FULL == null) {
                assertThat(figures.at("/ratios/servlet").asDouble())
                        .as("CPU of the service, in that of the bare servlet: %s", figures.path("table"))
                        .isBetween(0.1, MOST_OF_THE_SERVLET);
                assertThat(figures.at("/ratios/mercurius").asDouble())
                        .as("CPU of the service, in that of Mercurius: %s", figures.path("table"))
                        .isBetween(0.1, MOST_OF_MERCURIUS);
            }
        } finally {
            started.forEach(ReadsScenarios::close);
        }
    }

    private static TowlineProcess launch(Map<String, String> settings, List<AutoCloseable> started) {
        TowlineProcess process =
                FULL == null ? TowlineProcess.launch(settings) : TowlineProcess.launchJar(PRODUCTION, settings);
        started.add(process);
        return process;
    }

    private static Map<String, String> and(Map<String, String> settings, String switchedOff) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(switchedOff, "false");
        return all;
    }

    private static List<String> options(String name, TowlineProcess process) {
        return List.of(
                "--%s-url=%s".formatted(name, process.uri("/graphql")), "--%s-pid=%d".formatted(name, process.pid()));
    }

    private static void close(AutoCloseable process) {
        try {
            process.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
