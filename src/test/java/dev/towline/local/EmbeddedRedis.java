package dev.towline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server as a process of its own, which never outlives this JVM: see {@link GuardedProcess}. It can be stopped and started
 * again on the same port. Starting and stopping block. Thread-safe.
 */
public final class EmbeddedRedis implements AutoCloseable {

    /** A part of the line that Redis and Valkey log, in every version, once they accept connections. */
    private static final String READY = "eady to accept connections";

    /** A part of what they log if a port is taken. */
    private static final String TAKEN = "Could not create server TCP listening socket";

    private final List<String> options;
    private final int port;
    private @Nullable GuardedProcess process;

    private EmbeddedRedis(List<String> options, int wantedPort) {
        this.options = options;
        this.port = LoopbackPort.openNextFree(wantedPort, candidate -> {
            LoopbackPort.requireFree(candidate);
            process = run(candidate);
            return candidate;
        });
    }

    /** Starts on the port or the next free one (0: any); what is stored is gone when it stops. */
    public static EmbeddedRedis inMemory(int wantedPort) {
        return new EmbeddedRedis(List.of(), wantedPort);
    }

    /** The same on any free port, with more options of the command {@code redis-server}. */
    public static EmbeddedRedis with(String... options) {
        return new EmbeddedRedis(List.of(options), 0);
    }

    /** Starts on the port or the next free one (0: any), with what the folder keeps from earlier runs. */
    public static EmbeddedRedis storedIn(Path folder, int wantedPort) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the folder of Redis", e);
        }
        return new EmbeddedRedis(List.of("--dir", folder.toString(), "--appendonly", "yes"), wantedPort);
    }

    /**
     * Starts the server on that port.
     *
     * @throws IOException if the port is taken
     */
    private GuardedProcess run(int candidate) throws IOException {
        try (RedisBinary binary = RedisBinary.find()) {
            return GuardedProcess.start(command(binary.file(), candidate), READY);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains(TAKEN)) {
                throw e;
            }
            throw new LocalRunRefused(
                    "Redis did not start (%s).".formatted(e.getMessage()),
                    "Install Redis 7 or newer, so that redis-server is on the PATH.");
        }
    }

    private List<String> command(Path binary, int candidate) {
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "--bind",
                LoopbackPort.ADDRESS,
                "--port",
                Integer.toString(candidate),
                "--save",
                ""));
        command.addAll(options);
        return command;
    }

    public int port() {
        return port;
    }

    /** Ends the server, in the middle of whatever it does for its clients. Nothing if it does not run. */
    public synchronized void stop() {
        if (process != null) {
            process.stop();
            process = null;
        }
    }

    /** Kills the server as {@code kill -9} does. It must run. */
    public synchronized void kill() {
        Objects.requireNonNull(process).signal("KILL");
        stop();
    }

    /** Starts the server again where it was. Nothing if it runs. */
    public synchronized void start() {
        if (process != null) {
            return;
        }
        try {
            process = run(port);
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not start again on port " + port, e);
        }
    }

    /**
     * Sends a command whose words have no spaces, and returns its answer; the elements of an array have spaces between them. Blocking.
     *
     * @throws IllegalStateException if the answer is an error
     */
    public String command(String... words) {
        return RedisCommand.send(port, words);
    }

    /** Whether it was started and neither stopped nor killed. */
    public synchronized boolean isRunning() {
        return process != null;
    }

    /** The id of its process. It must run. */
    public synchronized long pid() {
        return Objects.requireNonNull(process).pid();
    }

    /** Lets the server stand still: it takes connections and requests and does not answer. It must run. */
    public synchronized void pause() {
        Objects.requireNonNull(process).signal("STOP");
    }

    /** Lets the server go on. It must run. */
    public synchronized void resume() {
        Objects.requireNonNull(process).signal("CONT");
    }

    @Override
    public void close() {
        stop();
    }
}
