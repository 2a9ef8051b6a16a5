package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.clients.Node;
import dev.towline.local.EmbeddedStack;
import dev.towline.local.MeasuredCpu;
import dev.towline.local.SharedStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Load on the production jar by {@code clients/load/run.mjs}, with DynamoDB Local and Redis in processes of their own, so that the CPU of
 * each part is told apart. With {@code -Dtowline.load="mixed --rates=100,200,500 --find-rate --report=FOLDER"} it runs that, with the JVM options of
 * production after a warm-up, and has to meet every threshold.
 */
@MeasuredCpu
class LoadOfJarScenarios {

    private static final String FULL = "towline.load";
    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Duration PATIENCE = Duration.ofMinutes(50);
    /** At 150 requests a second: below 30,000 requests the JIT compiler takes as much CPU as the requests. */
    private static final Duration WARM_UP = Duration.ofSeconds(200);

    private static final List<String> PRODUCTION = List.of("-XX:+UseSerialGC", "-Xmx768m");

    @Test
    void tellsTheCpuOfEachPartApart() {
        @Nullable String full = System.getProperty(FULL);
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        try (TowlineProcess service =
                full == null ? TowlineProcess.launch(settings) : TowlineProcess.launchJar(PRODUCTION, settings)) {
            service.awaitReady();
            Node.Ended installed = Node.run(PATIENCE, List.of("clients/build.mjs", "load"));
            assertThat(installed.exitCode()).as("%s", installed).isZero();

            Node.Ended ended = Node.run(PATIENCE, command(service, full));

            System.out.println(ended.errors());
            assertThat(ended.exitCode()).as("%s", ended).isEqualTo(0);
            JsonNode cpu = JsonMapper.shared().readTree(ended.output()).path("cpuSeconds");
            assertThat(cpu.propertyNames()).containsExactlyInAnyOrder("harness", "service", "dynamodb", "redis");
            assertThat(cpu.path("service").asDouble())
                    .as("%s", cpu)
                    .isGreaterThan(cpu.path("redis").asDouble());
            assertThat(cpu.path("dynamodb").asDouble()).as("%s", cpu).isPositive();
            assertThat(cpu.path("harness").asDouble()).as("%s", cpu).isPositive();
        }
    }

    private static List<String> command(TowlineProcess service, @Nullable String full) {
        EmbeddedStack stack = SharedStack.stack();
        List<String> kind = full == null
                ? List.of("smoke", "--rate=20", "--seconds=3", "--warmup=2", "--watchers=5")
                : Stream.concat(SPACES.splitAsStream(full), Stream.of("--warmup=" + WARM_UP.toSeconds()))
                        .toList();
        List<String> command = new ArrayList<>(List.of("clients/load/run.mjs"));
        command.addAll(kind);
        command.addAll(List.of(
                "--json",
                "--tenant=-",
                "--url=" + service.uri("/graphql"),
                "--service-pid=" + service.pid(),
                "--dynamodb-pid=" + ProcessHandle.current().pid(),
                "--redis-pid=" + stack.redis().pid()));
        return command;
    }
}
