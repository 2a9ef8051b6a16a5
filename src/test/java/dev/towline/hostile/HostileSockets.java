package dev.towline.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** WebSockets and event streams that break their protocol, flood the service, or ask for too many streams. */
final class HostileSockets {

    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
    private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol: graphql-transport-ws\r\n";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final String EVENTS = "Accept: text/event-stream\r\n";
    private static final String WATCH = "subscription { onTrackingUpdated(sessionId: \\\"none\\\") { kind } }";
    private static final String BOARD = "subscription { onDispatchChanged { kind } }";

    private static final String BAD = "400 BAD_INPUT";

    /** RFC 6455, 4.4: with the version that the service speaks. */
    private static final String OTHER_VERSION = "426 BAD_INPUT";

    /** RFC 6455, 7.4.1: a fault of the protocol of WebSocket. */
    private static final String FAULT = "closed 1002";

    private static final String TOO_LONG = "closed 1009";
    private static final String INVALID = "closed 4400";
    private static final String TOO_LATE = "closed 4408";
    private static final String TOO_MANY = "closed 4429";
    private static final String SERVES_ON = "still answers";

    private static final Duration SHORT = Duration.ofSeconds(2);

    /** Less than two intervals of pings, after which the service closes a WebSocket that answers none. */
    private static final Duration READS_ON = Duration.ofSeconds(15);

    private final List<HostileInput> inputs = new ArrayList<>();

    /** What is done with an open WebSocket. */
    private interface Steps {
        void on(RawSocket socket) throws IOException;
    }

    static List<HostileInput> all() {
        var sockets = new HostileSockets();
        sockets.handshakes();
        sockets.frames();
        sockets.messages();
        sockets.floods();
        sockets.streams();
        return sockets.inputs;
    }

    private void handshakes() {
        handshake("without a key", BAD, UPGRADE + VERSION + PROTOCOL);
        handshake("with a key that is none", BAD, UPGRADE + VERSION + PROTOCOL + "Sec-WebSocket-Key: x\r\n");
        handshake("of another version", OTHER_VERSION, UPGRADE + "Sec-WebSocket-Version: 99\r\n" + PROTOCOL + KEY);
        handshake("of no version", OTHER_VERSION, UPGRADE + PROTOCOL + KEY);
        handshake(
                "of a foreign page",
                "403 BAD_INPUT",
                UPGRADE + VERSION + PROTOCOL + KEY + "Origin: https://evil.example\r\n");
        handshake("without Connection", BAD, "Upgrade: websocket\r\nConnection: close\r\n" + VERSION + PROTOCOL + KEY);
        for (String protocol : List.of("graphql-ws", "chat", "x".repeat(5_000))) {
            String name = "for " + (protocol.length() > 20 ? "a long protocol" : protocol);
            input("WebSocket handshakes", name, "closed 4406", port -> {
                try (RawSocket socket = RawSocket.open(port, protocol)) {
                    return socket.end();
                }
            });
        }
    }

    private void handshake(String name, String expected, String headers) {
        input("WebSocket handshakes", name, expected, port -> RawSocket.handshake(port, headers));
    }

    private void frames() {
        String kind = "WebSocket frames";
        broken(kind, "without a mask", FAULT, socket -> socket.frame(0x81, new byte[] {'{', '}'}, 2, false));
        for (int bit : new int[] {0x40, 0x20, 0x10}) {
            broken(
                    kind,
                    "with the reserved bit " + bit,
                    FAULT,
                    socket -> socket.frame(0x81 + bit, new byte[] {'{', '}'}));
        }
        for (int opcode : new int[] {3, 7, 11, 15}) {
            broken(kind, "of the reserved kind " + opcode, FAULT, socket -> socket.frame(0x80 + opcode, new byte[2]));
        }
        broken(kind, "a long ping", FAULT, socket -> socket.frame(0x89, new byte[126]));
        broken(kind, "a ping in parts", FAULT, socket -> socket.frame(0x09, new byte[1]));
        broken(kind, "a continuation of nothing", FAULT, socket -> socket.frame(0x80, new byte[1]));
        broken(kind, "a text within a text", FAULT, socket -> {
            socket.frame(0x01, new byte[] {'{'});
            socket.frame(0x81, new byte[] {'}'});
        });
        broken(kind, "invalid UTF-8", "closed 1007", socket -> socket.frame(0x81, new byte[] {'"', (byte) 0xff, '"'}));
        broken(kind, "a binary message", INVALID, socket -> socket.frame(0x82, new byte[10]));
        broken(kind, "a length of 2 MB", TOO_LONG, socket -> socket.frame(0x81, new byte[2_000_000]));
        broken(kind, "a length of 63 bits", TOO_LATE, socket -> socket.frame(0x81, new byte[10], Long.MAX_VALUE, true));
        broken(kind, "a negative length", FAULT, socket -> socket.frame(0x81, new byte[10], Long.MIN_VALUE + 10, true));
        // 5,000 parts are too many; on a slow machine the time for connection_init is over before
        broken(kind, "a text in 200,000 parts", TOO_MANY + "|" + TOO_LATE, socket -> {
            socket.frame(0x01, new byte[] {'{'});
            for (int i = 0; i < 200_000 && socket.frame(0x00, new byte[] {' '}); i++) {}
            socket.frame(0x80, new byte[] {'x'});
        });
        broken(kind, "100 MB in parts", TOO_LONG, socket -> {
            byte[] part = new byte[100_000];
            Arrays.fill(part, (byte) ' ');
            socket.frame(0x01, part);
            for (int i = 0; i < 1_000 && socket.frame(0x00, part); i++) {}
        });
        broken(kind, "a close of one byte", FAULT, socket -> socket.frame(0x88, new byte[1]));
        broken(kind, "a close with a code that is none", FAULT, socket -> socket.frame(0x88, new byte[] {0, 5}));
    }

    private void messages() {
        String kind = "messages of graphql-transport-ws";
        for (String text : List.of(
                "",
                "x",
                "{",
                "[]",
                "7",
                "null",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"start\"}",
                "{\"type\":\"connection_init\",\"payload\":7}",
                "[".repeat(100_000),
                "{\"type\":\"connection_ack\"}",
                "{\"type\":\"subscribe\"}",
                "{\"type\":\"subscribe\",\"id\":7,\"payload\":{\"query\":\"{ __typename }\"}}",
                "{\"type\":\"subscribe\",\"id\":\"\",\"payload\":{\"query\":\"{ __typename }\"}}",
                "{\"type\":\"subscribe\",\"id\":\"1\"}",
                "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":[]}",
                "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":7}}",
                "{\"type\":\"complete\"}",
                "{\"type\":\"next\",\"id\":\"1\",\"payload\":{}}")) {
            message(text.length() > 90 ? text.length() + " characters" : "«" + text + "»", INVALID, text);
        }
        message("connection_init twice", TOO_MANY, "{\"type\":\"connection_init\"}");
        broken(
                kind,
                "an operation before connection_init",
                "closed 4401",
                socket -> socket.text(subscribe("1", "{ __typename }")));
        input(kind, "no connection_init", TOO_LATE, port -> {
            try (RawSocket socket = RawSocket.open(port)) {
                return socket.end();
            }
        });
        input(kind, "an id that is in use", "closed 4409", port -> {
            try (RawSocket socket = RawSocket.acknowledged(port)) {
                socket.text(subscribe("1", BOARD));
                socket.text(subscribe("1", BOARD));
                return socket.end();
            }
        });
    }

    private void message(String name, String expected, String text) {
        input("messages of graphql-transport-ws", name, expected, port -> {
            try (RawSocket socket = RawSocket.acknowledged(port)) {
                socket.text(text);
                return socket.end();
            }
        });
    }

    private void floods() {
        String kind = "WebSocket floods";
        flooded(kind, "20,000 pings of the protocol", "{\"type\":\"ping\"}", 20_000, TOO_MANY);
        flooded(kind, "20,000 ends of nothing", "{\"id\":\"x\",\"type\":\"complete\"}", 20_000, TOO_MANY);
        flooded(kind, "20,000 pings of WebSocket", "", 20_000, SERVES_ON);
        flooded(kind, "20,000 queries", subscribe("%d", "{ __typename }"), 20_000, TOO_MANY);
        flooded(kind, "20,000 documents that are none", subscribe("%d", "{{{"), 20_000, TOO_MANY);
        // each ends at once; it depends on the machine whether more than 500 are there at the same time
        flooded(kind, "2,000 streams of nothing", subscribe("%d", WATCH), 2_000, SERVES_ON + "|" + TOO_MANY);
        flooded(kind, "500 streams that stay", subscribe("%d", BOARD), 500, SERVES_ON);
        flooded(kind, "600 streams that stay", subscribe("%d", BOARD), 600, TOO_MANY);
        input("connections that never begin", "300 of them", TOO_LATE, port -> {
            List<RawSocket> open = new ArrayList<>();
            try {
                for (int i = 0; i < 300; i++) {
                    open.add(RawSocket.open(port));
                }
                return open.getLast().end();
            } finally {
                open.forEach(RawSocket::close);
            }
        });
        input("connections that are torn", "300 WebSockets with a stream", "torn", port -> {
            for (int i = 0; i < 300; i++) {
                try (RawSocket socket = RawSocket.acknowledged(port)) {
                    socket.text(subscribe("1", BOARD));
                }
            }
            return "torn";
        });
    }

    private void streams() {
        // an event stream has no status of its own: its first event says what is wrong
        for (String document : List.of(
                "subscription { a: onDispatchChanged { kind } b: onDispatchChanged { kind } }",
                "subscription { ...F } fragment F on Subscription { onDispatchChanged { kind }"
                        + " onTrackingUpdated(sessionId: \\\"1\\\") { kind } }",
                "subscription { __typename }",
                "subscription { unknown }",
                "subscription {")) {
            stream(document, "200 BAD_INPUT");
        }
        stream(WATCH, "200 NOT_FOUND");
        input("connections that are torn", "300 event streams", "torn", port -> {
            for (int i = 0; i < 300; i++) {
                try (Wire wire = new Wire(port)) {
                    wire.send(Wire.post(EVENTS, ("{\"query\":\"" + BOARD + "\"}").getBytes(UTF_8)));
                    if (i % 2 == 0) {
                        wire.read();
                    }
                }
            }
            return "torn";
        });
    }

    private void stream(String document, String expected) {
        input(
                "event streams",
                document.length() > 60 ? document.substring(0, 60) : document,
                expected,
                port -> Wire.exchange(port, Wire.post(EVENTS, ("{\"query\":\"" + document + "\"}").getBytes(UTF_8))));
    }

    private void flooded(String kind, String name, String message, int number, String expected) {
        input(kind, name, expected, port -> {
            AtomicReference<String> closed = new AtomicReference<>();
            try (RawSocket socket = RawSocket.acknowledged(port)) {
                socket.wire().patience(SHORT);
                // reads beside, as an honest client does: one that does not read slows only itself
                Thread reader = Thread.ofPlatform().start(() -> {
                    String next = socket.next();
                    while (!next.equals("silent") && !next.equals("cut off")) {
                        if (next.startsWith("closed")) {
                            closed.set(next);
                        }
                        next = socket.next();
                    }
                });
                for (int i = 0; i < number; i++) {
                    if (!(message.isEmpty()
                            ? socket.frame(0x89, new byte[100])
                            : socket.text(message.replace("%d", Integer.toString(i))))) {
                        break;
                    }
                }
                reader.join(READS_ON);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            return Wire.exchange(port, Wire.post("", "{\"query\":\"{ __typename }\"}".getBytes(UTF_8)))
                            .equals("200 data")
                    ? Objects.requireNonNullElse(closed.get(), "still answers")
                    : "does not answer any more";
        });
    }

    private static String subscribe(String id, String document) {
        return "{\"id\":\"" + id + "\",\"type\":\"subscribe\",\"payload\":{\"query\":\"" + document + "\"}}";
    }

    private void broken(String kind, String name, String expected, Steps steps) {
        input(kind, name, expected, port -> {
            try (RawSocket socket = RawSocket.open(port)) {
                steps.on(socket);
                return socket.end();
            }
        });
    }

    private void input(String kind, String name, String expected, HostileInput.Attack attack) {
        inputs.add(new HostileInput(kind, name, expected, attack));
    }
}
