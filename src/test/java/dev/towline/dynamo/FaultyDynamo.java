package dev.towline.dynamo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of DynamoDB Local on a loopback port, counts what comes by and, on demand, fails in the ways that DynamoDB and a
 * network do and DynamoDB Local does not. Thread-safe. Set {@code towline.dynamo.endpoint} to {@link #endpoint()}.
 */
public final class FaultyDynamo implements AutoCloseable {

    static {
        // else Nagle's algorithm delays answers by 40 ms; read when the JDK's server is first used
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Upstream upstream;
    private final Map<String, Queue<Fault>> next = new ConcurrentHashMap<>();
    private final Map<String, Fault> always = new ConcurrentHashMap<>();
    private final List<DynamoRequest> received = new CopyOnWriteArrayList<>();
    private volatile boolean cutOff;

    private FaultyDynamo(HttpServer server, URI target) {
        this.server = server;
        this.upstream = new Upstream(target, threads);
    }

    /** Starts in front of a DynamoDB, harmless at first. */
    public static FaultyDynamo inFrontOf(String endpoint) {
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            FaultyDynamo faulty = new FaultyDynamo(HttpServer.create(anyPort, 0), URI.create(endpoint));
            faulty.server.setExecutor(faulty.threads);
            faulty.server.createContext("/", faulty::handle);
            faulty.server.start();
            return faulty;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next requests of an operation, such as {@code PutItem}, meet these faults, one each; after earlier ones still to come. */
    public void next(String operation, Fault... faults) {
        next.computeIfAbsent(operation, _ -> new ConcurrentLinkedQueue<>()).addAll(List.of(faults));
    }

    /** Every request of an operation meets this fault, until {@link #calm()}; those of {@link #next} come first. */
    public void always(String operation, Fault fault) {
        always.put(operation, fault);
    }

    /** Closes every connection unanswered, until {@link #calm()}. */
    public void cutOff() {
        cutOff = true;
    }

    /** Forgets all faults. */
    public void calm() {
        cutOff = false;
        next.clear();
        always.clear();
    }

    /** Forgets what was counted. */
    public void forgetRequests() {
        received.clear();
    }

    /** The requests since the start or {@link #forgetRequests()}, including repeated and failed ones, in order of arrival. */
    public List<DynamoRequest> requests() {
        return List.copyOf(received);
    }

    /** Those of an operation. */
    public List<DynamoRequest> requests(String operation) {
        return received.stream()
                .filter(request -> request.operation().equals(operation))
                .toList();
    }

    /** Those of an operation that concern a table, by its full name. */
    public List<DynamoRequest> requests(String operation, String table) {
        return requests(operation).stream()
                .filter(request -> request.tables().contains(table))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        upstream.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            DynamoRequest request = DynamoRequest.of(exchange);
            received.add(request);
            DynamoAnswer answer = fault(request.operation()).answer(request, upstream);
            if (answer != null) {
                answer.send(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Fault fault(String operation) {
        if (cutOff) {
            return Fault.requestLost();
        }
        Queue<Fault> faults = next.get(operation);
        @Nullable Fault fault = faults == null ? null : faults.poll();
        return fault == null ? always.getOrDefault(operation, Fault.none()) : fault;
    }
}
