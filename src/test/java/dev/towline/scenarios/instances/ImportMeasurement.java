package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.towline.dynamo.DynamoAnswer;
import dev.towline.dynamo.FaultyDynamo;
import dev.towline.local.Measured;
import dev.towline.local.RecordedTraces;
import dev.towline.local.SharedStack;
import dev.towline.scenarios.Imports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * How many rows a second an import loads, and what of the time DynamoDB Local takes: the same file into DynamoDB Local, again without any
 * change, and with a DynamoDB that acknowledges vendors without storing them. The production jar runs the import; DynamoDB Local is in this
 * JVM. The name keeps it out of {@code ./mvnw verify}.
 *
 * <pre>./mvnw test-compile failsafe:integration-test failsafe:verify -Dit.test=ImportMeasurement</pre>
 *
 * {@code TOWLINE_TRACES} names the folder with {@code vendors_uk_mot_garages.csv.gz}; without it the rows are generated.
 */
@Measured
class ImportMeasurement {

    private static final String FILE = "vendors_uk_mot_garages.csv.gz";
    private static final int GENERATED = 15_000;
    private static final int FORGET_AFTER = 500;
    private static final List<String> PRODUCTION = List.of("-XX:+UseSerialGC", "-Xmx512m");

    private final String file = file();

    @Test
    void showsWhatDynamoDbLocalTakes() {
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.put("towline.viewer.unauthenticated-role", "OPERATOR");
        try (TowlineProcess service = launch(settings)) {
            service.awaitReady();
            load(service, "warm-up", GENERATED);
            load(service, "new vendors", 0);
            load(service, "no change", 0);
        }
        AtomicInteger answered = new AtomicInteger();
        try (FaultyDynamo dynamo =
                FaultyDynamo.inFrontOf(SharedStack.stack().dynamo().endpoint())) {
            Map<String, String> behind = new HashMap<>(SharedStack.freshProperties());
            behind.put("towline.viewer.unauthenticated-role", "OPERATOR");
            behind.putAll(SharedStack.behind(dynamo.endpoint()));
            String vendors = behind.get("towline.dynamo.table-prefix") + "vendors";
            dynamo.always("PutItem", (request, upstream) -> {
                if (answered.incrementAndGet() % FORGET_AFTER == 0) {
                    dynamo.forgetRequests();
                }
                return request.tables().contains(vendors) ? new DynamoAnswer(200, "{}") : upstream.forward(request);
            });
            try (TowlineProcess service = launch(behind)) {
                service.awaitReady();
                load(service, "warm-up", GENERATED);
                load(service, "acknowledged, not stored", 0);
            }
        }
    }

    private static TowlineProcess launch(Map<String, String> settings) {
        return TowlineProcess.launch(PRODUCTION, List.of("-jar", QuickJar.jar().toString()), settings);
    }

    /** @param generated so many generated rows; 0: those of the file */
    private void load(TowlineProcess service, String name, int generated) {
        Imports imports = Imports.of(service.api());
        String upload = imports.upload(generated == 0 ? file : rows("warm-" + System.nanoTime(), generated));
        Duration before = cpu(service);
        long own = ownCpuNanos();
        JsonNode job = imports.ended(imports.start(upload));
        Duration used = cpu(service).minus(before);
        long ownUsed = ownCpuNanos() - own;
        assertThat(job.path("status").asString()).as("%s", job).isEqualTo("SUCCEEDED");
        int done = job.path("rowsDone").asInt();
        double seconds = Duration.between(
                                Instant.parse(job.path("startedAt").asString()),
                                Instant.parse(job.path("endedAt").asString()))
                        .toMillis()
                / 1e3;
        System.out.printf(
                "%-26s %6d rows, %6d changed: %5.1f s, %5.0f rows/s; CPU a row: service %4.0f us, DynamoDB Local and"
                        + " test %4.0f us%n",
                name,
                done,
                job.path("rowsChanged").asInt(),
                seconds,
                done / seconds,
                used.toNanos() / 1e3 / done,
                ownUsed / 1e3 / done);
    }

    private static Duration cpu(TowlineProcess service) {
        return ProcessHandle.of(service.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow();
    }

    private static long ownCpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static String file() {
        Path real = RecordedTraces.folder().orElse(Path.of("none")).resolve(FILE);
        if (!Files.exists(real)) {
            System.out.println("generated rows: there is no " + FILE + " in TOWLINE_TRACES");
            return rows("garage", GENERATED);
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(real))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rows(String prefix, int count) {
        return "id,name,lat,lon,category\n"
                + IntStream.range(0, count)
                        .mapToObj(i -> "%s-%d,Garage %d,%s,%s,mot_garage"
                                .formatted(prefix, i, i, 50 + i % 500 / 100.0, i % 300 / 100.0))
                        .collect(Collectors.joining("\n"));
    }
}
