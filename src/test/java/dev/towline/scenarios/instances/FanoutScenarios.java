package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.clients.Node;
import dev.towline.hostile.LiveObjects;
import dev.towline.local.MeasuredCpu;
import dev.towline.local.SharedStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an update costs that many watch, beside a plain Node server and bare sockets, and what a watcher holds, as watchers double; then all
 * of them come back to another instance at once: {@code clients/load/fanout.mjs}. With {@code
 * -Dtowline.fanout="--watchers=4000 --sessions=40 --rate=40"} it runs that on the production jar, warmed up, and judges no ratio.
 */
@MeasuredCpu
class FanoutScenarios {

    private static final String FULL = "towline.fanout";
    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final List<String> PRODUCTION = List.of("-XX:+UseSerialGC", "-Xmx768m");
    private static final int SESSIONS = 4;
    private static final List<String> SHORT = List.of(
            "--watchers=200",
            "--doublings=2",
            "--sessions=" + SESSIONS,
            "--rate=20",
            "--seconds=3",
            "--rounds=1",
            "--warmup=8",
            "--again-ms=200");

    /** The JIT compiler is at work during so short a run; warmed up the ratio is about one, and without sharing it was above two. */
    private static final double MOST_OF_THE_PEER = 5;

    /** Each further delivery costs as much as the ones before. It would be several times as much if deliveries grew with the watchers. */
    private static final double MOST_OF_THE_PEER_AS_WATCHERS_DOUBLE = 2;

    /** It is some 42 kB; with Tomcat's own buffers it was 75 kB. */
    private static final double MOST_HEAP_BYTES = 52_000;

    private static final Set<String> READS = Set.of("GetItem", "BatchGetItem", "Query");

    /** Of those who come back: the sessions and what belongs to them, whoever and however many watch. */
    private static final int MOST_READS_OF_A_SESSION = 4;

    @Test
    void anUpdateThatManyWatchIsExecutedOnce() {
        @Nullable String full = System.getProperty(FULL);
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        settings.put("towline.rates.enabled", "false");
        // the client that opens so many WebSockets at once is slow
        settings.put("towline.socket.init-timeout", "1m");
        try (TowlineProcess service = launch(settings);
                TowlineProcess other = launch(settings)) {
            service.awaitReady();
            other.awaitReady();
            Node.Ended installed = Node.run(PATIENCE, List.of("clients/build.mjs", "load"));
            assertThat(installed.exitCode()).as("%s", installed).isZero();
            List<String> command = new ArrayList<>(List.of(
                    "clients/load/fanout.mjs",
                    "--json",
                    "--url=" + service.uri("/graphql"),
                    "--service-pid=" + service.pid(),
                    "--jcmd=" + LiveObjects.JCMD,
                    "--again=" + other.uri("/graphql")));
            command.addAll(full == null ? SHORT : SPACES.splitAsStream(full).toList());

            Node.Ended ended = Node.run(PATIENCE, command);

            System.out.println(ended.errors());
            assertThat(ended.exitCode()).as("%s", ended).isZero();
            JsonNode figures = JsonMapper.shared().readTree(ended.output());
            double received = figures.at("/servers/service/0/received").asDouble();
            assertThat(received).isPositive();
            if (full == null) {
                Metrics metrics = Metrics.of(List.of(service));
                double executed = metrics.sum("towline_live_items_total", "executed");
                double shared = metrics.sum("towline_live_items_total", "shared");
                assertThat(shared / executed)
                        .as("streams that took a result, for each one that executed")
                        .isGreaterThan(20);
                assertThat(figures.path("ratioToPeer").asDouble()).isLessThan(MOST_OF_THE_PEER);
                assertThatWatchersCostNoMore(figures.at("/steps/0"), figures.at("/steps/2"));
                assertThatTheyCameBack(figures);
            }
        }
    }

    private static TowlineProcess launch(Map<String, String> settings) {
        return System.getProperty(FULL) == null
                ? TowlineProcess.launch(settings)
                : TowlineProcess.launchJar(PRODUCTION, settings);
    }

    private static void assertThatWatchersCostNoMore(JsonNode few, JsonNode many) {
        assertThat(cpuOfFurtherDeliveries("service", few, many) / cpuOfFurtherDeliveries("peer", few, many))
                .as("each further delivery of %s watchers, beside the peer, after %s", many, few)
                .isLessThan(MOST_OF_THE_PEER_AS_WATCHERS_DOUBLE);
        double heapBytes =
                many.path("heapBytes").asDouble() - few.path("heapBytes").asDouble();
        double watchers =
                many.path("watchers").asDouble() - few.path("watchers").asDouble();
        assertThat(heapBytes / watchers)
                .as("bytes of live heap for each watcher")
                .isPositive()
                .isLessThan(MOST_HEAP_BYTES);
    }

    private static double cpuOfFurtherDeliveries(String server, JsonNode few, JsonNode many) {
        double seconds = many.at("/cpuSeconds/" + server).asDouble()
                - few.at("/cpuSeconds/" + server).asDouble();
        double deliveries = many.at("/received/" + server).asDouble()
                - few.at("/received/" + server).asDouble();
        assertThat(deliveries).isPositive();
        return seconds / deliveries;
    }

    private static void assertThatTheyCameBack(JsonNode figures) {
        JsonNode again = figures.path("again");
        int missed = 2;
        assertThat(again.path("received").asInt())
                .as("%s", again)
                .isEqualTo(missed * figures.path("watchers").asInt());
        assertThat(again.path("left").asInt()).as("%s", again).isZero();
        double reads = again.path("calls").properties().stream()
                .filter(call -> READS.contains(call.getKey()))
                .mapToDouble(call -> call.getValue().asDouble())
                .sum();
        assertThat(reads)
                .as("reads of %s watchers who came back: %s", figures.path("watchers"), again)
                .isBetween(1.0, (double) MOST_READS_OF_A_SESSION * SESSIONS);
    }
}
