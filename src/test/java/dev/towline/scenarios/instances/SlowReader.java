package dev.towline.scenarios.instances;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A watcher that asks for large updates and reads only the beginning of its stream. Blocking. */
final class SlowReader implements AutoCloseable {

    /** Settings of a service that answers what a slow reader asks for. */
    static final Map<String, String> LIMITS = Map.of(
            "towline.limits.document-characters", "100000",
            "towline.limits.tokens", "20000",
            "towline.limits.breadth", "5000",
            "towline.limits.fields", "100000",
            "towline.limits.aliases", "5000",
            "towline.limits.cost", "100000",
            "towline.limits.subscription-cost", "100000");

    private static final int RECEIVE_BUFFER_BYTES = 4096;
    private static final int PATIENCE_MS = 20_000;

    /** Each update has the location so many times, which makes several hundred kilobytes. */
    private static final int LOCATIONS = 2000;

    private static final Pattern MISSED = Pattern.compile("\"missed\":[1-9]");

    private static final String UPDATE = "\"kind\":\"LOCATION\"";

    private final Socket socket;
    private final AtomicInteger updates = new AtomicInteger();

    private SlowReader(int port) {
        try {
            socket = new Socket();
            socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SlowReader overPost(int port, String sessionId) {
        String body = "{\"query\":\"" + document(sessionId).replace("\"", "\\\"") + "\"}";
        SlowReader reader = new SlowReader(port);
        reader.send("POST /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        reader.readUntil("HTTP/1.1 200");
        return reader;
    }

    static SlowReader overGet(int port, String sessionId) {
        SlowReader reader = new SlowReader(port);
        reader.send("GET /graphql?query=" + document(sessionId).replace(" ", "%20")
                + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
        reader.readUntil("HTTP/1.1 200");
        return reader;
    }

    static SlowReader overWebSocket(int port, String sessionId) {
        return overWebSocket(port, sessionId, LOCATIONS);
    }

    /** @param locations each update has the location so many times */
    static SlowReader overWebSocket(int port, String sessionId, int locations) {
        SlowReader reader = new SlowReader(port);
        reader.send(String.join(
                "\r\n",
                "GET /graphql HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Protocol: graphql-transport-ws",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                ""));
        reader.sendText("{\"type\":\"connection_init\"}");
        reader.readUntil("connection_ack");
        reader.sendText("{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\""
                + document(sessionId, locations).replace("\"", "\\\"") + "\"}}");
        reader.readUntil("SNAPSHOT");
        return reader;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String document(String sessionId) {
        return document(sessionId, LOCATIONS);
    }

    private static String document(String sessionId, int count) {
        String locations = IntStream.range(0, count)
                .mapToObj("a%d:location{...L}"::formatted)
                .collect(Collectors.joining(","));
        return "subscription{onTrackingUpdated(sessionId:\"" + sessionId
                + "\"){kind,missed,session{vendor{name},incident{status}}," + locations
                + "}}fragment L on TrackedLocation{latitude,longitude,recordedAt,receivedAt,sequence}";
    }

    private void send(String text) {
        send(text.getBytes(ISO_8859_1));
    }

    /** One text frame, masked with zeros. */
    private void sendText(String text) {
        byte[] payload = text.getBytes(ISO_8859_1);
        send(ByteBuffer.allocate(14 + payload.length)
                .put((byte) 0x81)
                .put((byte) 0xff)
                .putLong(payload.length)
                .putInt(0)
                .put(payload)
                .array());
    }

    private void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads everything from now on, on a thread of its own. */
    SlowReader readingOn() {
        Thread.ofPlatform().daemon().name("reading-on").start(this::readAll);
        return this;
    }

    /** How many locations it has received since {@link #readingOn}. */
    int updates() {
        return updates.get();
    }

    private void readAll() {
        byte[] part = new byte[RECEIVE_BUFFER_BYTES];
        StringBuilder read = new StringBuilder();
        try {
            for (int length = 0; length >= 0; length = socket.getInputStream().read(part)) {
                read.append(new String(part, 0, length, ISO_8859_1));
                int found = read.indexOf(UPDATE);
                while (found >= 0) {
                    updates.incrementAndGet();
                    read.delete(0, found + UPDATE.length());
                    found = read.indexOf(UPDATE);
                }
                read.delete(0, Math.max(0, read.length() - UPDATE.length()));
            }
        } catch (IOException closed) {
            // by the test
        }
    }

    /** Reads on until an update says that others were left out, and returns how many bytes came with it and before it. */
    int bytesUntilMissed() {
        StringBuilder read = new StringBuilder();
        byte[] part = new byte[RECEIVE_BUFFER_BYTES];
        try {
            while (!MISSED.matcher(read).find()) {
                int length = socket.getInputStream().read(part);
                assertThat(length).as("the connection ended").isPositive();
                read.append(new String(part, 0, length, ISO_8859_1));
            }
            return read.length();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readUntil(String text) {
        StringBuilder read = new StringBuilder();
        try {
            while (read.indexOf(text) < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("%s", read).isNotNegative();
                read.append((char) next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(read.toString(), e);
        }
    }
}
