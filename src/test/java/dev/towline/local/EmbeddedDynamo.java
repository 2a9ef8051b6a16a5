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
 * Runs DynamoDB Local in this JVM, so it stops when the JVM stops, even if the JVM is killed. All regions and access keys share one database. Thread-safe.
 *
 * <p>It uses its own Jetty server instead of DynamoDB Local's launcher. The launcher listens on every address of the machine, reports
 * telemetry, and writes a telemetry file to the working directory.
 */
public final class EmbeddedDynamo implements AutoCloseable {

    static final String REGION = "us-east-1";

    /** Both the id and the secret of an access key. */
    static final String ACCESS_KEY = "local";

    /** The logger of the SQLite binding. This field keeps it reachable: {@code java.util.logging} holds loggers weakly and would lose the level. */
    private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

    private static final boolean SHARED_DB = true;
    private static final boolean DELAY_TRANSIENT_STATUSES = false;

    private final Server server;
    private final int port;
    private final CompletableFuture<LocalDynamoDBServerHandler> startedHandler;

    private EmbeddedDynamo(int wantedPort, @Nullable Path folder) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("dynamodb-local");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.port = LoopbackPort.openNextFree(wantedPort, this::listen);
        this.startedHandler = new CompletableFuture<>();
        Thread.ofPlatform().name("dynamodb-local-start").daemon().start(() -> serve(folder));
    }

    /**
     * Listens on the port, or on the next free one; 0 means any port. The data is lost when the server closes. Returns before the server
     * answers: until then requests wait, see {@link #awaitReady()}.
     */
    public static EmbeddedDynamo inMemory(int wantedPort) {
        return new EmbeddedDynamo(wantedPort, null);
    }

    /** The same, but stores the data in the folder and uses the data of earlier runs. Creates the folder if it does not exist. */
    public static EmbeddedDynamo storedIn(Path folder, int wantedPort) {
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
            LocalDynamoDBRequestHandler requestHandler = new LocalDynamoDBRequestHandler(
                    0, folder == null, folder == null ? null : folder.toString(), SHARED_DB, DELAY_TRANSIENT_STATUSES);
            // this call opens the database and loads most classes, and can take longer than the time limit of a client
            requestHandler.listTables(
                    ACCESS_KEY, REGION, ListTablesRequest.builder().build());
            LocalDynamoDBServerHandler handler = new LocalDynamoDBServerHandler(requestHandler, null);
            server.setHandler(handler);
            server.start();
            startedHandler.complete(handler);
        } catch (Throwable e) {
            startedHandler.completeExceptionally(new IllegalStateException("DynamoDB Local did not start", e));
        }
    }

    /** DynamoDB Local logs two lines for each request. If Spring does not configure the log levels, these lines hide the output of a test. */
    private static void quieten() {
        SQLITE.setLevel(Level.WARNING);
        if (LoggerFactory.getLogger("software.amazon.dynamodb")
                instanceof ch.qos.logback.classic.Logger requestLogger) {
            requestLogger.setLevel(ch.qos.logback.classic.Level.WARN);
        }
    }

    /** Blocks until the server answers requests. Throws a {@link java.util.concurrent.CompletionException} if it failed to start. */
    public EmbeddedDynamo awaitReady() {
        startedHandler.join();
        return this;
    }

    public int port() {
        return port;
    }

    /** The URL for clients, in the form of the setting {@code towline.dynamo.endpoint}. */
    public String endpoint() {
        return "http://%s:%d".formatted(LoopbackPort.ADDRESS, port);
    }

    /** Blocks until the server has stopped and, if it has a folder, has written all data to it. */
    @Override
    public void close() {
        LocalDynamoDBServerHandler handler =
                startedHandler.exceptionally(_ -> null).join();
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
