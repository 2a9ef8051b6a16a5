package dev.towline.localdax;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP side of one node. It is opened at once; closing it cuts all its connections, as when a node is gone, and a new one can be opened
 * on the same port at once. Each connection has a virtual thread. Thread-safe.
 */
final class NodeListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(NodeListener.class);
    private static final long WATCH_MILLIS = 100;

    /** Without a pause, a lack of files or memory would make a thread spin. */
    private static final long PAUSE_MILLIS = 100;

    private static final long CLOSE_SECONDS = 5;

    /** A client opens a hundred connections at once, and gives up those that take a second. */
    private static final int BACKLOG = 1024;

    private final ServerSocket server;
    private final Node node;
    private final WireLimits limits;
    private final Cbor cbor;
    private final Items items;
    private final Calls calls;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch doneAccepting = new CountDownLatch(1);
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private NodeListener(ServerSocket server, Node node, WireLimits limits) {
        this.server = server;
        this.node = node;
        this.limits = limits;
        this.cbor = new Cbor(limits);
        this.items = new Items(cbor, node.attributeLists, limits.attributeListBytes());
        this.calls = new Calls(node.operations, node.membership, cbor, items);
    }

    /**
     * What a node answers with.
     *
     * @param attributeLists shared by all nodes of a cluster
     */
    record Node(Operations operations, Membership membership, Interceptor interceptor, AttributeLists attributeLists) {}

    /**
     * Opens a listener. Blocks until it listens.
     *
     * @param address port 0 for any that is free
     * @throws IOException if the address is taken or not of this host
     */
    static NodeListener open(InetSocketAddress address, Node node, WireLimits limits) throws IOException {
        return open(new ServerSocket(), address, node, limits);
    }

    /** @param server not bound; closed if it cannot be bound */
    static NodeListener open(ServerSocket server, InetSocketAddress address, Node node, WireLimits limits)
            throws IOException {
        try {
            server.setReuseAddress(true);
            server.bind(address, BACKLOG);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        var listener = new NodeListener(server, node, limits);
        var _ = listener.threads.submit(listener::accept);
        var _ = listener.threads.submit(listener::watch);
        return listener;
    }

    /** Where it listens, with the port that it got. */
    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    /** How many connections are open. */
    int connections() {
        return connections.size();
    }

    /** Refuses new connections and cuts the others, also in the middle of a request. Returns when the port is free. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            log.debug("A listener fails to close", e);
        }
        // before the interrupt, which some requests would still answer with an error
        connections.forEach(Connection::cut);
        threads.shutdownNow();
        try {
            // the thread that accepts holds the port until it has noticed
            if (!doneAccepting.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("Port {} may still be taken", server.getLocalPort());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                acceptOne();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            doneAccepting.countDown();
        }
    }

    /** Whatever fails, the next connection may be a good one. */
    private void acceptOne() throws InterruptedException {
        Socket socket;
        try {
            socket = server.accept();
        } catch (IOException | RuntimeException e) {
            if (!server.isClosed()) {
                log.warn("Cannot accept a connection at port {}: {}", server.getLocalPort(), e.toString());
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            return;
        }
        try {
            serve(socket);
        } catch (IOException | RuntimeException e) {
            log.debug("Cannot serve a connection", e);
            close(socket);
        }
    }

    private void serve(Socket socket) throws IOException {
        if (connections.size() >= limits.connections()) {
            log.warn("Refuses a connection: there are {} already", limits.connections());
            socket.close();
            return;
        }
        socket.setTcpNoDelay(true);
        var connection = new Connection(socket, cbor, limits, calls, items, node.interceptor);
        connections.add(connection);
        try {
            var _ = threads.submit(() -> run(connection));
        } catch (RejectedExecutionException _) {
            // came while this listener closes
            connections.remove(connection);
            connection.cut();
        }
    }

    private void run(Connection connection) {
        try {
            connection.run();
        } finally {
            connections.remove(connection);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("A connection fails to close", e);
        }
    }

    /** Frees the threads that wait for clients who take no answer: a write to a socket knows no time limit. */
    private void watch() {
        try {
            while (!server.isClosed()) {
                TimeUnit.MILLISECONDS.sleep(WATCH_MILLIS);
                connections.stream()
                        .filter(each -> each.isWritingFor(limits.answerTime().toNanos()))
                        .forEach(Connection::cut);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
