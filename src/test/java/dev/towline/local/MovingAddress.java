package dev.towline.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * An address behind which another server can be put, as behind the name of the primary in ElastiCache: new connections lead there, while those that
 * are open stay where they are. Thread-safe.
 */
public final class MovingAddress implements AutoCloseable {

    private final ServerSocket listening;
    private volatile int target;

    /** @param target a port on the loopback address */
    public MovingAddress(int target) {
        this.target = target;
        listening = LoopbackPort.openNextFree(0, port -> {
            ServerSocket socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(LoopbackPort.ADDRESS), port));
            return socket;
        });
        start("moving-address", this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Lets new connections lead to that port. */
    public void moveTo(int newTarget) {
        target = newTarget;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            try {
                Socket server = new Socket(InetAddress.ofLiteral(LoopbackPort.ADDRESS), target);
                start("moving-address-there", () -> pass(client, server));
                start("moving-address-back", () -> pass(server, client));
            } catch (IOException refused) {
                client.close();
            }
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(String name, Task task) {
        var _ = Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                task.run();
            } catch (IOException ended) {
                // as connections do
            }
        });
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
