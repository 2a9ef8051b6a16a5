package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.clients.Node;
import dev.towline.local.Measured;
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
 * What an update costs that many watch, beside a plain Node server and bare sockets: {@code clients/load/fanout.mjs} on the production jar.
 * With {@code -Dtowline.fanout="--watchers=4000 --sessions=40 --rate=40"} it runs that, warmed up, and judges no ratio.
 */
@Measured
class FanoutScenarios {

    private static final String FULL = "towline.fanout";
    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final List<String> PRODUCTION = List.of("-XX:+UseSerialGC", "-Xmx768m");
    private static final List<String> SHORT =
            List.of("--watchers=400", "--sessions=4", "--rate=20", "--seconds=8", "--rounds=1", "--warmup=15");

    /** The JIT compiler is at work during so short a run; warmed up the ratio is about one, and without sharing it was above two. */
    private static final double MOST_OF_THE_PEER = 5;

    @Test
    void anUpdateThatManyWatchIsExecutedOnce() {
        @Nullable String full = System.getProperty(FULL);
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        settings.put("towline.rates.enabled", "false");
        try (TowlineProcess service = TowlineProcess.launchJar(PRODUCTION, settings)) {
            service.awaitReady();
            Node.Ended installed = Node.run(PATIENCE, List.of("clients/build.mjs", "load"));
            assertThat(installed.exitCode()).as("%s", installed).isZero();
            List<String> command = new ArrayList<>(List.of(
                    "clients/load/fanout.mjs",
                    "--json",
                    "--url=" + service.uri("/graphql"),
                    "--service-pid=" + service.pid()));
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
            }
        }
    }
}
