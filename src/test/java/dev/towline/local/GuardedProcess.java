package dev.towline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that does not outlive this JVM, even one that is killed. Between the two stands a shell that waits for the end of its
 * input: the pipe's other end is in this JVM, and the operating system closes it with the JVM. Starting and stopping block.
 *
 * <p>The shell and the process are out of reach of a terminal's Ctrl-C: the JVM that catches it still needs them to shut down in order.
 */
final class GuardedProcess {

    private static final Logger log = LoggerFactory.getLogger(GuardedProcess.class);

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(10);

    /** The process runs beside the shell, so that {@code wait} keeps its pid from being given to another one. */
    private static final String GUARD = """
        trap '' INT HUP
        exec 3<&0
        "$@" </dev/null 3<&- &
        child=$!
        ( read -r _ <&3; kill "$child"; sleep 5; kill -KILL "$child" ) >/dev/null 2>&1 &
        guard=$!
        wait "$child"
        code=$?
        kill "$guard"
        wait "$guard"
        exit "$code"
        """;

    private final Process shell;

    private GuardedProcess(Process shell) {
        this.shell = shell;
    }

    /**
     * Starts the process and waits until it prints a line that contains the word.
     *
     * @throws IOException if it ended before that; the message holds what it printed
     */
    static GuardedProcess start(List<String> command, String readyWord) throws IOException {
        List<String> guarded = new ArrayList<>();
        onPath("setsid").ifPresent(setsid -> guarded.add(setsid.toString()));
        guarded.addAll(List.of("sh", "-c", GUARD, "sh"));
        guarded.addAll(command);
        Process shell = new ProcessBuilder(guarded).redirectErrorStream(true).start();
        GuardedProcess process = new GuardedProcess(shell);
        try {
            process.awaitReady(readyWord);
            return process;
        } catch (IOException | RuntimeException e) {
            process.stop();
            throw e;
        }
    }

    private void awaitReady(String readyWord) throws IOException {
        List<String> printed = new ArrayList<>();
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        // not a virtual one: reading a pipe holds its carrier, and with a few pipes no other virtual thread would run
        Thread.ofPlatform().daemon().name("guarded-process-output").start(() -> readOutput(readyWord, printed, ready));
        if (!ready.completeOnTimeout(false, READY_WITHIN.toSeconds(), TimeUnit.SECONDS)
                .join()) {
            throw new IOException("not ready: " + String.join("\n", List.copyOf(printed)));
        }
    }

    private void readOutput(String readyWord, List<String> printed, CompletableFuture<Boolean> ready) {
        try (var lines = shell.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.debug("{}", line);
                if (!ready.isDone()) {
                    printed.add(line);
                    if (line.contains(readyWord)) {
                        ready.complete(true);
                    }
                }
            }
        } catch (IOException e) {
            log.debug("the output ended", e);
        } finally {
            ready.complete(false);
        }
    }

    /** The id of the process, not of its guard. It must run. */
    long pid() {
        return process().pid();
    }

    /** Sends a signal to the process, not to its guard. It must run. */
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessHandle process() {
        return shell.children()
                .filter(child -> child.info()
                        .command()
                        .filter(file -> !file.endsWith("sh"))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** Asks the process to end, forces it after five seconds, and returns when it is gone. */
    void stop() {
        try {
            shell.getOutputStream().close();
            if (!shell.waitFor(STOPPED_WITHIN)) {
                throw new IllegalStateException("a guarded process did not stop");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The executable of that name that a shell would find. */
    static Optional<Path> onPath(String name) {
        return Arrays.stream(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(":"))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
