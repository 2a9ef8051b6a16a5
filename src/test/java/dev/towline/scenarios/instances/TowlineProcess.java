package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.Http;
import dev.towline.scenarios.Caller;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the production jar holds in a process of its own, on a free loopback port unless the settings name one. Killed when closed, and with this JVM however that ends:
 * the shell that becomes the process leaves a guard behind, which waits for the end of an input that only this JVM holds open. Thread-safe.
 */
public final class TowlineProcess implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(4);
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(60);

    /** What is tested is not how fast the machine is that runs the tests: it may have a lot else to do. */
    private static final Map<String, String> PATIENCE = Map.of(
            "towline.dynamo.connect-timeout", "10s",
            "towline.dynamo.attempt-timeout", "20s",
            "towline.dynamo.call-timeout", "40s",
            "spring.data.redis.timeout", "5s");

    /** Here {@code $$} is the shell, and after the last line the service. */
    private static final String GUARDED = """
        exec 3<&0
        ( read -r _ <&3; kill -KILL $$ ) >/dev/null 2>&1 &
        exec "$@" </dev/null 3<&-
        """;

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private final Process process;
    private final Thread reader;
    private final List<String> output = new CopyOnWriteArrayList<>();

    private TowlineProcess(Process process) {
        this.process = process;
        // not a virtual one: reading a pipe holds its carrier, and with a few pipes no other virtual thread would run
        this.reader = Thread.ofPlatform().daemon().name("towline-output").start(this::read);
    }

    /** Starts it with these settings and blocks until it is ready. */
    static TowlineProcess start(Map<String, String> settings) {
        return launch(settings).awaitReady();
    }

    /** Starts it with these settings; to be waited for with {@link #awaitReady()}, so that several can start side by side. */
    public static TowlineProcess launch(Map<String, String> settings) {
        return launch(QuickJar.LEAN, QuickJar.options(), settings);
    }

    /** The same from the jar itself, as it is deployed: for tests of just that. */
    static TowlineProcess launchJar(Map<String, String> settings) {
        return launchJar(QuickJar.LEAN, settings);
    }

    /** The same with options of the JVM. */
    static TowlineProcess launchJar(List<String> jvm, Map<String, String> settings) {
        return launch(jvm, List.of("-jar", QuickJar.jar().toString()), settings);
    }

    /** The same with the classes of one more folder, which Spring scans, too. */
    public static TowlineProcess launchWith(Path classes, Map<String, String> settings) {
        return launch(QuickJar.LEAN, QuickJar.options(classes), settings);
    }

    /** What stands before a command, so that its process does not outlive this JVM, even one that is killed. */
    static List<String> guarded() {
        return List.of("sh", "-c", GUARDED, "sh");
    }

    /** The same with all that follows {@code java}. */
    static TowlineProcess launch(List<String> jvm, List<String> program, Map<String, String> settings) {
        List<String> command = new ArrayList<>(guarded());
        command.add(QuickJar.java());
        command.addAll(jvm);
        command.addAll(program);
        Map<String, String> all = new HashMap<>(PATIENCE);
        all.put("server.port", "0");
        all.putAll(settings);
        all.forEach((name, value) -> command.add("--" + name + "=" + value));
        try {
            return new TowlineProcess(new ProcessBuilder(command)
                    .directory(QuickJar.jar().resolveSibling("").toFile())
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Blocks until it has refused to run, and returns what it said. */
    String refusal() {
        assertThat(awaitEnd(ENDED_WITHIN)).as(printed()).isEqualTo(1);
        return printed();
    }

    /** Blocks until it takes requests. */
    public TowlineProcess awaitReady() {
        try {
            await().atMost(READY_WITHIN).until(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException("the service ended: " + printed());
                }
                return port().isPresent() && get("/actuator/health/readiness").statusCode() == 200;
            });
            return this;
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException("the service did not get ready: " + printed(), e);
        }
    }

    /** Ends it as an operator does, with a signal that it can heed, and returns its exit code. Blocking. */
    int stop() {
        return stop(ENDED_WITHIN);
    }

    /** The same, with that much time. */
    int stop(Duration patience) {
        // Process.destroy() would close the guard's input, too
        process.toHandle().destroy();
        return awaitEnd(patience);
    }

    /** Ends it as {@code kill -9} does, in the middle of whatever it does, and blocks until it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** Whether it has not ended. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** The id of the process. */
    public long pid() {
        // the shell that started it has become it
        return process.pid();
    }

    /** Where it listens, with that path. */
    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port().orElseThrow() + path);
    }

    /** Its GraphQL API. */
    public Caller api() {
        return Caller.nobody(port().orElseThrow());
    }

    /** The answer to a GET request. Blocking. */
    HttpResponse<String> get(String path) {
        return Http.get(uri(path));
    }

    /** The output so far. */
    public String printed() {
        return String.join("\n", output);
    }

    /** The log lines so far; fails if there is other output. */
    public List<JsonNode> log() {
        return output.stream().map(JsonMapper.shared()::readTree).toList();
    }

    private OptionalInt port() {
        return output.stream()
                .flatMap(line -> PORT.matcher(line).results())
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .findFirst();
    }

    private int awaitEnd(Duration patience) {
        try {
            if (!process.waitFor(patience)) {
                throw new IllegalStateException("the service did not end: " + printed());
            }
            reader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException e) {
            output.add("the output broke off: " + e);
        }
    }
}
