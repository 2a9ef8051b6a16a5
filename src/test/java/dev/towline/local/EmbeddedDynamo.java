package dev.towline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local inside this JVM, so it ends with it however that ends. All regions and access keys share one database. Thread-safe.
 *
 * <p>It brings its own Jetty server instead of the one of DynamoDB Local's launcher, which listens on every address of the machine,
 * reports telemetry, and writes a file to the working directory for it.
 */
public final class EmbeddedDynamo implements AutoCloseable {

    static final String REGION = "us-east-1";

    /** Both the id and the secret of an access key. */
    static final String ACCESS_KEY = "local";

    /** Quietens the SQLite binding; held here because the logging holds its loggers weakly. */
    private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

    private static final boolean SHARED_BY_ALL = true;
    private static final boolean TABLES_APPEAR_LATER = false;

    private final Server server;
    private final int port;
    private final CompletableFuture<LocalDynamoDBServerHandler> serving;

    private EmbeddedDynamo(int wantedPort, @Nullable Path folder) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("dynamodb-local");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.port = LoopbackPort.openNextFree(wantedPort, this::listen);
        this.serving = new CompletableFuture<>();
        Thread.ofPlatform().name("dynamodb-local-start").daemon().start(() -> serve(folder));
    }

    /**
     * Starts on the port or the next free one (0: any); what is stored is gone when it is closed. Returns before it answers: requests
     * wait, see {@link #awaitReady()}.
     */
    public static EmbeddedDynamo inMemory(int wantedPort) {
        return new EmbeddedDynamo(wantedPort, null);
    }

    /** The same with what the folder, which is made if need be, keeps from earlier runs. */
    public static EmbeddedDynamo keptIn(Path folder, int wantedPort) {
        try {
            return new EmbeddedDynamo(wantedPort, Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the folder of DynamoDB Local", e);
        }
    }

    private int listen(int candidate) throws IOException {
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost(LoopbackPort.ADDRESS);
        connector.setPort(candidate);
        connector.open();
        server.addConnector(connector);
        return candidate;
    }

    private void serve(@Nullable Path folder) {
        try {
            quieten();
            SqliteLibrary.load();
            LocalDynamoDBRequestHandler requests = new LocalDynamoDBRequestHandler(
                    0, folder == null, folder == null ? null : folder.toString(), SHARED_BY_ALL, TABLES_APPEAR_LATER);
            // opens the database and loads most classes, which takes longer than a client's patience
            requests.listTables(ACCESS_KEY, REGION, ListTablesRequest.builder().build());
            LocalDynamoDBServerHandler handler = new LocalDynamoDBServerHandler(requests, null);
            server.setHandler(handler);
            server.start();
            serving.complete(handler);
        } catch (Throwable e) {
            serving.completeExceptionally(new IllegalStateException("DynamoDB Local did not start", e));
        }
    }

    /** It logs two lines a request, and where no Spring sets levels up they drown what a test says. */
    private static void quieten() {
        SQLITE.setLevel(Level.WARNING);
        if (LoggerFactory.getLogger("software.amazon.dynamodb") instanceof ch.qos.logback.classic.Logger requests) {
            requests.setLevel(ch.qos.logback.classic.Level.WARN);
        }
    }

    /** Blocks until it answers requests; throws if it failed to start. */
    public EmbeddedDynamo awaitReady() {
        serving.join();
        return this;
    }

    public int port() {
        return port;
    }

    /** Where clients connect, as {@code towline.dynamo.endpoint} wants it. */
    public String endpoint() {
        return "http://%s:%d".formatted(LoopbackPort.ADDRESS, port);
    }

    /** Blocks until it has stopped and, if it has a folder, everything is there. */
    @Override
    public void close() {
        LocalDynamoDBServerHandler handler = serving.exceptionally(_ -> null).join();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local did not stop", e);
        } finally {
            if (handler != null) {
                handler.close();
            }
        }
    }
}
