package dev.towline.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A Redis Sentinel as a process, which lets a replica take over half a second after the master is gone. Starting and stopping block.
 * Thread-safe.
 */
public final class EmbeddedSentinel implements AutoCloseable {

    /** The name of what it watches. */
    public static final String MASTER = "watched";

    private static final String READY = "Sentinel ID is";

    private static final Duration KNOWS_WITHIN = Duration.ofSeconds(30);

    private final GuardedProcess process;
    private final int port;

    private EmbeddedSentinel(GuardedProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it, and waits until it knows a replica.
     *
     * @param folder where it keeps its state
     */
    public static EmbeddedSentinel watching(EmbeddedRedis master, Path folder) {
        int port = LoopbackPort.nextFree(0);
        try (RedisBinary binary = RedisBinary.find()) {
            Path configuration = Files.writeString(folder.resolve("sentinel.conf"), """
                bind %1$s
                port %2$d
                dir %3$s
                sentinel monitor %4$s %1$s %5$d 1
                sentinel down-after-milliseconds %4$s 500
                sentinel failover-timeout %4$s 1000
                """.formatted(
                            LoopbackPort.ADDRESS, port, folder, MASTER, master.port()));
            EmbeddedSentinel sentinel = new EmbeddedSentinel(
                    GuardedProcess.start(
                            List.of(binary.file().toString(), configuration.toString(), "--sentinel"), READY),
                    port);
            await("Sentinel knows a replica")
                    .atMost(KNOWS_WITHIN)
                    .until(() -> RedisCommand.send(port, "INFO", "sentinel").contains("slaves=1"));
            return sentinel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.stop();
    }
}
