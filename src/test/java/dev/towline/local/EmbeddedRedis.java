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

    private static final String TAKEN = "Address already in use";

    private final @Nullable Path folder;
    private final int port;
    private @Nullable GuardedProcess process;

    private EmbeddedRedis(@Nullable Path folder, int wantedPort) {
        this.folder = folder;
        this.port = LoopbackPort.openNextFree(wantedPort, candidate -> {
            LoopbackPort.requireFree(candidate);
            process = run(candidate);
            return candidate;
        });
    }

    /** Starts on the port or the next free one (0: any); what is stored is gone when it stops. */
    public static EmbeddedRedis inMemory(int wantedPort) {
        return new EmbeddedRedis(null, wantedPort);
    }

    /** Starts on the port or the next free one (0: any), with what the folder keeps from earlier runs. */
    public static EmbeddedRedis storedIn(Path folder, int wantedPort) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the folder of Redis", e);
        }
        return new EmbeddedRedis(folder, wantedPort);
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
                    "Install Redis 6.2 or newer, so that redis-server is on the PATH: the bundled one needs OpenSSL"
                            + " 3.");
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
        if (folder != null) {
            command.addAll(List.of("--dir", folder.toString(), "--appendonly", "yes"));
        }
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
