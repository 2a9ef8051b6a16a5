package dev.towline.localdax;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A DAX cluster in this JVM, in front of any DynamoDB endpoint. It listens from {@link #start} to {@link #close}. Thread-safe. See
 * the README of the package.
 */
public final class LocalDax implements AutoCloseable {

    /** The port of DAX. */
    private static final int FIRST_PORT = 8111;

    private static final int PORTS_TO_TRY = 100;

    private final DaxSettings settings;
    private final MovableClock clock;
    private final DynamoDbClient dynamo;
    private final ExecutorService background;
    private final List<DaxNode> nodes = new CopyOnWriteArrayList<>();

    private LocalDax(DaxSettings settings) throws IOException {
        this.settings = settings;
        this.clock = new MovableClock(settings.clock());
        this.dynamo = connect(settings);
        this.background = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var cluster = new Cluster(settings, clock, dynamo, background, this::members);
            nodes.add(
                    settings.port() == null
                            ? new DaxNode(0, cluster, FIRST_PORT, PORTS_TO_TRY)
                            : new DaxNode(0, cluster, settings.port(), 1));
            for (int id = 1; id < settings.nodes(); id++) {
                boolean any = Integer.valueOf(0).equals(settings.port());
                nodes.add(new DaxNode(id, cluster, any ? 0 : nodes.getLast().port() + 1, PORTS_TO_TRY));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a cluster. Blocks until all its nodes listen, but does not ask DynamoDB for anything yet.
     *
     * @throws UncheckedIOException if a node cannot listen or the file of attribute lists cannot be read
     */
    public static LocalDax start(DaxSettings settings) {
        try {
            return new LocalDax(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The defaults, to be changed. */
    public static LocalDaxBuilder builder() {
        return new LocalDaxBuilder();
    }

    /** What a client is given, such as {@code dax://127.0.0.1:8111}. */
    public String url() {
        return node(0).url();
    }

    /**
     * One of the nodes.
     *
     * @param index from 0; the first is the primary node
     */
    public DaxNode node(int index) {
        return nodes.get(index);
    }

    public List<DaxNode> nodes() {
        return List.copyOf(nodes);
    }

    public DaxSettings settings() {
        return settings;
    }

    /** The time by which entries expire and writes are replicated. */
    public MovableClock clock() {
        return clock;
    }

    /** Empties all caches of all nodes. Writes that are not yet replicated stay away too. */
    public void flush() {
        nodes.forEach(DaxNode::flush);
    }

    /** The sums over all nodes. */
    public Counters counters() {
        return nodes.stream().map(DaxNode::counters).reduce(Counters.NONE, Counters::plus);
    }

    /** Stops all nodes and cuts their connections. */
    @Override
    public void close() {
        nodes.forEach(DaxNode::stop);
        background.shutdownNow();
        dynamo.close();
    }

    private List<Member> members() {
        return nodes.stream().map(DaxNode::member).toList();
    }

    private static DynamoDbClient connect(DaxSettings settings) {
        var builder = DynamoDbClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(settings.dynamoConnections()));
        if (settings.dynamoEndpoint() != null) {
            builder.endpointOverride(settings.dynamoEndpoint());
        }
        if (settings.region() != null) {
            builder.region(settings.region());
        }
        if (settings.credentials() != null) {
            builder.credentialsProvider(settings.credentials());
        }
        return builder.build();
    }
}
