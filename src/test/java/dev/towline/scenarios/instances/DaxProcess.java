package dev.towline.scenarios.instances;

import static org.awaitility.Awaitility.await;

import dev.towline.localdax.LocalDaxCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A local DAX of one node in a process of its own, which can be killed and started again on the same port. Blocking. */
final class DaxProcess implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final List<String> command;
    private final int port;
    private Process process;

    private DaxProcess(List<String> command, int port) {
        this.command = command;
        this.port = port;
        this.process = launch();
    }

    /**
     * Starts it.
     *
     * @param dynamoEndpoint where DynamoDB listens
     * @param itemTtl how long it keeps items
     */
    static DaxProcess start(String dynamoEndpoint, Duration itemTtl) {
        int port = freePort();
        List<String> command = new ArrayList<>(TowlineProcess.guarded());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                LocalDaxCommand.class.getName(),
                "--dynamo-endpoint=" + dynamoEndpoint,
                "--credentials=local:local",
                "--port=" + port,
                "--item-ttl=" + itemTtl.toSeconds() + "s"));
        return new DaxProcess(command, port).awaitReady();
    }

    String url() {
        return "dax://127.0.0.1:" + port;
    }

    /** Ends it as {@code kill -9} does, and returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again after it was killed, with nothing in its caches. */
    void startAgain() {
        process = launch();
        awaitReady();
    }

    private Process launch() {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DaxProcess awaitReady() {
        await().atMost(READY_WITHIN).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("DAX ended: " + String.join(" ", command.subList(4, command.size())));
            }
            return listens();
        });
        return this;
    }

    private boolean listens() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
