package dev.towline.localdax;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * The TCP side of one node. It is opened at once; closing it cuts all its connections, as when a node is gone, and a new one can be opened
 * on the same port at once. Thread-safe.
 */
final class NodeListener implements AutoCloseable {

    private NodeListener() {}

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
        throw new UnsupportedOperationException("Not there yet");
    }

    /** Where it listens, with the port that it got. */
    InetSocketAddress address() {
        throw new UnsupportedOperationException("Not there yet");
    }

    /** How many connections are open. */
    int connections() {
        throw new UnsupportedOperationException("Not there yet");
    }

    /** Refuses new connections and cuts the others, also in the middle of a request. Returns when the port is free. */
    @Override
    public void close() {}
}
