package dev.towline.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.Inconclusive;
import dev.towline.local.LocalIssuer;
import dev.towline.local.Measured;
import dev.towline.local.SharedStack;
import dev.towline.scenarios.Dispatcher;
import dev.towline.scenarios.instances.TowlineProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of hostile inputs to one instance with a heap of 512 MB, several at once: each gets its stated answer, an honest client is
 * served meanwhile, and what the inputs took up is free afterwards. On a machine with other work, of how fast the client is served nothing
 * is concluded, which counts as {@link Inconclusive}.
 */
@Measured
class HostileScenarios {

    private static final int AT_ONCE = 4;
    private static final int CONNECTIONS = 300;
    private static final Duration P99 = Duration.ofMillis(250);

    /** Where the client waits so long without hostile inputs, the machine has other work, too, and its waiting tells nothing. */
    private static final Duration CALM_P99 = Duration.ofMillis(50);

    /** So many that a few slow ones are not the 99th percentile. */
    private static final int ENOUGH_REQUESTS = 500;

    private static final long HEAP_BYTES = 512L << 20;
    private static final double MEMORY_GROWTH = 1.10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What is open or fresh in caches is let go within this time. */
    private static final Duration CALM = Duration.ofSeconds(40);

    @Test
    void nothingThatAStrangerSendsDoesHarm() throws IOException {
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        // All come from one address, as the honest client does: what is refused here is refused for what it is.
        settings.put("towline.rates.address-per-second", "1000000");
        settings.put("towline.rates.address-burst", "1000000");
        // the defaults, which the stack raises
        settings.put("towline.rates.viewer-streams", "1000");
        settings.put("towline.rates.address-streams", "5000");
        settings.put("towline.rates.socket-operations", "500");
        settings.put("towline.rates.socket-messages-per-second", "500");
        // so that nothing waits long
        settings.put("server.tomcat.connection-timeout", "3s");
        settings.put("towline.http.body-timeout", "3s");
        settings.put("towline.socket.message-timeout", "3s");
        List<HostileInput> inputs = inputs(SharedStack.stack().issuer());
        try (TowlineProcess service = TowlineProcess.launch(settings).awaitReady()) {
            assertThat(LiveObjects.mostHeapBytes(service.pid())).isEqualTo(HEAP_BYTES);
            URI api = service.api().uri();
            String vendor = new Dispatcher(service.api()).registerVendor("Honest Towing", 30.26, -97.75);
            try (HonestClient honest = new HonestClient(api.getPort(), vendor)) {
                await().atMost(PATIENCE).until(() -> honest.requests() > 500);
                Duration calmBefore = calmP99(honest);
                serveManyAtOnce(api.getPort());
                LiveObjects before = LiveObjects.of(service.pid());
                honest.begin();

                Map<HostileInput, String> answers = send(inputs, api.getPort());

                int requests = honest.requests();
                Duration p50 = honest.percentile(0.5);
                Duration p99 = honest.percentile(0.99);
                List<String> failures = honest.failures();
                System.out.printf(
                        "hostile: %d inputs of %d kinds, beside them %d honest requests, p50 %d ms, p99 %d ms, before"
                                + " them p99 %d ms%n",
                        inputs.size(),
                        inputs.stream().map(HostileInput::kind).distinct().count(),
                        requests,
                        p50.toMillis(),
                        p99.toMillis(),
                        calmBefore.toMillis());
                List<String> wrong = answers.entrySet().stream()
                        .filter(each -> !each.getKey().isAnsweredBy(each.getValue()))
                        .map(each -> each.getKey() + ": " + each.getValue() + ", not "
                                + each.getKey().expected())
                        .toList();
                assertThat(wrong).isEmpty();
                assertThat(failures).isEmpty();
                assertThat(requests).isGreaterThan(ENOUGH_REQUESTS);
                assertThat(service.printed())
                        .doesNotContain("OutOfMemoryError", "StackOverflowError", "\"code\":\"INTERNAL\"")
                        .doesNotContain("stack_trace");
                // each line is JSON, so no text of a request has begun one, although one tried
                assertThat(service.log())
                        .extracting(line -> line.path("message").asString(""))
                        .anyMatch(message -> message.contains("INFO?forged"));
                await().atMost(CALM).pollInterval(Duration.ofSeconds(5)).untilAsserted(() -> {
                    LiveObjects after = LiveObjects.of(service.pid());
                    System.out.printf(
                            "hostile: %,d bytes of live objects before, %,d after%n", before.bytes(), after.bytes());
                    assertThat((double) after.bytes())
                            .as("%s", after.growthSince(before))
                            .isLessThan(MEMORY_GROWTH * before.bytes());
                });
                requireSoon(p99, calmBefore, honest);
            }
        }
    }

    /** Measures the calm client again only where that decides: when the memory is free again, no hostile input slows it. */
    private static void requireSoon(Duration p99, Duration calmBefore, HonestClient honest) {
        if (p99.compareTo(P99) < 0) {
            return;
        }
        Duration calmAfter = calmP99(honest);
        Duration calm = calmBefore.compareTo(calmAfter) > 0 ? calmBefore : calmAfter;
        if (calm.compareTo(CALM_P99) > 0) {
            Inconclusive.because("the honest client waited %d ms, but %d ms without hostile inputs, too"
                    .formatted(p99.toMillis(), calm.toMillis()));
            return;
        }
        assertThat(p99).as("p99, without hostile inputs %d ms", calm.toMillis()).isLessThan(P99);
    }

    /** How long the client waits while nobody else sends anything. */
    private static Duration calmP99(HonestClient honest) {
        honest.begin();
        await().atMost(PATIENCE).until(() -> honest.requests() > 300);
        return honest.percentile(0.99);
    }

    static List<HostileInput> inputs(LocalIssuer issuer) {
        return Stream.of(
                        HostileDocuments.all(),
                        HostileBodies.all(),
                        HostileHttp.all(),
                        HostileTokens.all(issuer),
                        HostileSockets.all(),
                        RandomBytes.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Tomcat keeps the buffers of 200 connections for later ones. */
    private static void serveManyAtOnce(int port) throws IOException {
        List<Wire> connections = new ArrayList<>();
        byte[] request = Wire.post("", Json.request("{ __typename }").getBytes(UTF_8));
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Wire wire = new Wire(port);
                connections.add(wire);
                wire.send(Arrays.copyOf(request, 20));
            }
            for (Wire each : connections) {
                each.send(Arrays.copyOfRange(request, 20, request.length));
                assertThat(each.answer()).isEqualTo("200 data");
            }
        } finally {
            connections.forEach(Wire::close);
        }
    }

    /** In an order by chance that is always the same, so that different kinds come together. */
    private static Map<HostileInput, String> send(List<HostileInput> inputs, int port) {
        List<HostileInput> mixed = new ArrayList<>(inputs);
        Collections.shuffle(mixed, new Random(18));
        Map<HostileInput, String> answers =
                Collections.synchronizedMap(new TreeMap<>((a, b) -> a.toString().compareTo(b.toString())));
        try (ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE)) {
            mixed.stream()
                    .collect(Collectors.partitioningBy(input -> input.kind().equals(HostileHttp.FULL)))
                    .forEach((_, inTurn) -> inTurn.stream()
                            .map(input ->
                                    CompletableFuture.runAsync(() -> answers.put(input, answer(input, port)), senders))
                            .toList()
                            .forEach(CompletableFuture::join));
        }
        return answers;
    }

    private static String answer(HostileInput input, int port) {
        long begin = System.nanoTime();
        String answer;
        try {
            answer = input.attack().on(port);
        } catch (IOException | RuntimeException e) {
            answer = e.toString();
        }
        if (Boolean.getBoolean("towline.hostile.print")) {
            System.out.printf("hostile: %s: %s in %d ms%n", input, answer, (System.nanoTime() - begin) / 1_000_000);
        }
        return answer;
    }
}
