package dev.towline.localdax;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node of a cluster, with a port and caches of its own. Thread-safe. */
public final class DaxNode {

    private final int id;
    private final Cluster cluster;
    private final Counting counting = new Counting();
    private final Faults faults = new Faults();
    private final PassThrough dynamo;
    private final ItemCache items;
    private final QueryCache pages;
    private final NodeListener.Node answers;
    private final int port;

    /** Null while the node is gone. */
    private @Nullable NodeListener listener;

    /**
     * Starts a node.
     *
     * @param port 0 for any that is free
     * @param portsToTry how many, from that one on, if the port is not free
     */
    DaxNode(int id, Cluster cluster, int port, int portsToTry) throws IOException {
        DaxSettings settings = cluster.settings();
        this.id = id;
        this.cluster = cluster;
        this.dynamo = new PassThrough(cluster.dynamo(), counting::addDynamoRequest);
        this.items = new ItemCache(
                new LruCache<>(settings.itemCacheBytes(), settings.itemTimeToLive(), cluster.clock(), counting),
                cluster.clock(),
                cluster.order(),
                cluster.replication(),
                counting,
                settings.lastOneWins());
        this.pages = new QueryCache(
                new LruCache<>(settings.queryCacheBytes(), settings.queryTimeToLive(), cluster.clock(), counting));
        this.answers =
                new NodeListener.Node(operations(settings), membership(), Interceptor.NONE, cluster.attributeLists());
        NodeListener opened = open(port, portsToTry);
        this.listener = opened;
        this.port = opened.address().getPort();
        cluster.replication().join(items);
    }

    /** What a client is given to find the cluster by this node. */
    public String url() {
        String host = cluster.settings().advertisedAddress().getHostAddress();
        return "dax://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port);
    }

    public int port() {
        return port;
    }

    /**
     * Lets every request fail in this way until {@link #clearFaults}. Each request meets at most one fault: the first that was set for its
     * operation. The calls that clients make for themselves, such as to find the nodes, meet none.
     *
     * @param operations which requests; all if there is none
     */
    public void fail(Fault fault, Operation... operations) {
        faults.plan(fault, Faults.ALWAYS, operations);
    }

    /** Lets the next so many requests fail in this way, as {@link #fail} does for all. */
    public void failNext(int requests, Fault fault, Operation... operations) {
        if (requests <= 0) {
            throw new IllegalArgumentException("requests must be positive: " + requests);
        }
        faults.plan(fault, requests, operations);
    }

    public void clearFaults() {
        faults.clear();
    }

    /** Cuts all connections and lets none in. The cluster still advertises the node, as it does until it has noticed. */
    public synchronized void stop() {
        if (listener != null) {
            cluster.replication().leave(items);
            listener.close();
            listener = null;
        }
    }

    /**
     * Comes back on the same port, with empty caches, as a node that has been replaced.
     *
     * @throws UncheckedIOException if another has taken the port
     */
    public synchronized void start() {
        if (listener != null) {
            return;
        }
        flush();
        try {
            listener = open(port, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cluster.replication().join(items);
    }

    /** Empties both caches. Writes of other nodes that are not yet replicated stay away too. */
    public void flush() {
        items.clear();
        pages.clear();
        dynamo.forgetTables();
    }

    public synchronized Counters counters() {
        return counting.snapshot(items.bytes() + pages.bytes(), listener == null ? 0 : listener.connections());
    }

    Member member() {
        return new Member(id, cluster.settings().advertisedAddress(), port, id == 0);
    }

    private Membership membership() {
        return cluster.settings().pinned() ? () -> List.of(member()) : cluster.membership();
    }

    private Operations operations(DaxSettings settings) {
        Operations cached = dynamo;
        if (settings.itemCache()) {
            cached = new ItemReads(cached, items, cluster.order());
            cached = new ItemWrites(cached, items, cluster.order(), cluster.background());
        }
        if (settings.queryCache()) {
            cached = new PageReads(cached, pages, counting);
        }
        return new WatchedOperations(cached, faults, counting);
    }

    private NodeListener open(int first, int portsToTry) throws IOException {
        for (int tried = 1; ; tried++) {
            try {
                var address = new InetSocketAddress(cluster.settings().address(), first + tried - 1);
                return NodeListener.open(address, answers, cluster.settings().limits());
            } catch (BindException e) {
                if (tried == portsToTry) {
                    throw e;
                }
            }
        }
    }
}
