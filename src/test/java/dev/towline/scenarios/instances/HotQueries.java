package dev.towline.scenarios.instances;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The query of a tracking screen, over kept connections, each of which asks again as soon as it has its answer. So little else is done here that
 * the service gets the processors.
 */
final class HotQueries implements AutoCloseable {

    private static final String DOCUMENT = """
        query($id: ID!) { getTrackingSession(id: $id) { id status sequence version startedAt
          incident { id kind status } vendor { id name availability } currentLocation { latitude longitude recordedAt sequence } } }\
        """;

    private static final Duration POLL = Duration.ofMillis(100);

    private final AtomicLong answers = new AtomicLong();
    private final List<Thread> threads;
    private volatile boolean ends;
    private volatile Throwable failure = new IllegalStateException("none");

    private HotQueries(TowlineProcess service, List<String> sessions, int connections) {
        URI uri = service.uri("/graphql");
        threads = IntStream.range(0, connections)
                .mapToObj(connection -> Thread.ofPlatform()
                        .daemon()
                        .name("hot-queries-" + connection)
                        .start(() -> ask(uri, sessions, connection)))
                .toList();
    }

    /** Begins to ask for these sessions in turns. */
    static HotQueries start(TowlineProcess service, List<String> sessions, int connections) {
        return new HotQueries(service, sessions, connections);
    }

    /** Asks until so many are answered, or the time is over. Blocking. */
    static void send(TowlineProcess service, List<String> sessions, int connections, long most, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try (HotQueries queries = start(service, sessions, connections)) {
            while (queries.answers() < most && !queries.ends && System.nanoTime() < end) {
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many were answered so far. */
    long answers() {
        return answers.get();
    }

    private void ask(URI uri, List<String> sessions, int connection) {
        List<byte[]> requests =
                sessions.stream().map(session -> request(uri, session)).toList();
        try {
            for (int i = connection; !ends; ) {
                i = askOverOneConnection(uri, requests, i);
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
            ends = true;
        }
    }

    /** Asks until the service, which serves some hundred requests over a connection, closes it; the number of the next request. */
    private int askOverOneConnection(URI uri, List<byte[]> requests, int first) throws IOException {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean isKept = true;
            int i = first;
            for (; isKept && !ends; i++) {
                socket.getOutputStream().write(requests.get(i % requests.size()));
                isKept = readAnswer(in);
                answers.incrementAndGet();
            }
            return i;
        }
    }

    private static byte[] request(URI uri, String session) {
        byte[] body =
                JsonMapper.shared().writeValueAsBytes(Map.of("query", DOCUMENT, "variables", Map.of("id", session)));
        return ("POST /graphql HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                                .formatted(uri.getHost(), uri.getPort(), body.length)
                        + new String(body, UTF_8))
                .getBytes(UTF_8);
    }

    /** Whether another one can follow over the same connection. */
    private static boolean readAnswer(InputStream in) throws IOException {
        int length = -1;
        boolean isKept = true;
        String status = line(in);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (header.equalsIgnoreCase("connection: close")) {
                isKept = false;
            }
        }
        String body = length < 0 ? "" : new String(in.readNBytes(length), UTF_8);
        if (!status.startsWith("HTTP/1.1 200") || !body.contains("\"sequence\"") || body.contains("\"errors\"")) {
            throw new IllegalStateException("not the answer: " + status + " " + body);
        }
        return isKept;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Ends after the answers that are on their way; fails if one was not as expected. Blocking. */
    @Override
    public void close() {
        boolean failed = ends;
        ends = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
        if (failed) {
            throw new IllegalStateException("a query failed", failure);
        }
    }
}
