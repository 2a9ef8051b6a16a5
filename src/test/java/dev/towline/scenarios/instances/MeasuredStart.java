package dev.towline.scenarios.instances;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One start of the service, and what it and its first seconds under {@link HotQueries} cost. Blocking.
 *
 * @param ready the time from the start of {@code java} until readiness is up, with the warm set loaded
 * @param cpu the processor time until then
 */
record MeasuredStart(TowlineProcess service, Duration ready, Duration cpu) implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final int CONNECTIONS = 8;
    private static final double KIB_PER_MIB = 1024;

    /** What a second of load cost: {@code micros} of processor time for each of so many answers. */
    record Second(double micros, long answers) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f", micros);
        }
    }

    /** Starts it with these options and settings. */
    static MeasuredStart of(List<String> jvm, List<String> program, Map<String, String> settings) {
        int port = freePort();
        Map<String, String> all = new HashMap<>(settings);
        all.put("server.port", Integer.toString(port));
        all.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        all.put("towline.rates.enabled", "false");
        long before = System.nanoTime();
        TowlineProcess service = TowlineProcess.launch(jvm, program, all);
        while (!isReady(service, port)) {
            if (System.nanoTime() - before > PATIENCE.toNanos()) {
                service.close();
                throw new IllegalStateException("the service did not get ready: " + service.printed());
            }
            sleep(POLL);
        }
        return new MeasuredStart(service, Duration.ofNanos(System.nanoTime() - before), cpuOf(service));
    }

    /** The resident memory after a moment without requests, in MiB. */
    double residentMib() {
        sleep(SETTLED);
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(service.pid())).start();
            return Long.parseLong(new String(ps.getInputStream().readAllBytes(), US_ASCII).strip()) / KIB_PER_MIB;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for these sessions for so many seconds. */
    List<Second> load(List<String> sessions, int seconds) {
        List<Second> costs = new ArrayList<>();
        try (HotQueries queries = HotQueries.start(service, sessions, CONNECTIONS)) {
            Duration cpuBefore = cpuOf(service);
            long answersBefore = 0;
            long next = System.nanoTime();
            for (int second = 0; second < seconds; second++) {
                next += Duration.ofSeconds(1).toNanos();
                sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
                Duration cpuNow = cpuOf(service);
                long answersNow = queries.answers();
                long answers = Math.max(1, answersNow - answersBefore);
                costs.add(new Second(cpuNow.minus(cpuBefore).toNanos() / 1e3 / answers, answers));
                cpuBefore = cpuNow;
                answersBefore = answersNow;
            }
        }
        return costs;
    }

    /** The processor time of an answer, in microseconds, over all of these seconds. */
    static double micros(List<Second> seconds) {
        double micros = seconds.stream()
                .mapToDouble(second -> second.micros() * second.answers())
                .sum();
        return micros / seconds.stream().mapToLong(Second::answers).sum();
    }

    static String text(List<Second> seconds) {
        return seconds.stream().map(Second::toString).collect(Collectors.joining(" "));
    }

    private static Duration cpuOf(TowlineProcess service) {
        return ProcessHandle.of(service.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow();
    }

    private static boolean isReady(TowlineProcess service, int port) {
        if (!service.isAlive()) {
            throw new IllegalStateException("the service ended: " + service.printed());
        }
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness")
                    .toURL()
                    .openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
