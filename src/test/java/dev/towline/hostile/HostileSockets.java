package dev.towline.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** WebSockets and event streams that break their protocol, flood the service, or ask for too many streams. */
final class HostileSockets {

    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
    private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol: graphql-transport-ws\r\n";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final String WATCH = "subscription { onTrackingUpdated(sessionId: \\\"none\\\") { kind } }";
    private static final String BOARD = "subscription { onDispatchChanged { kind } }";

    private static final String TOO_MANY = "closed 4429";

    private static final Duration SHORT = Duration.ofSeconds(2);

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
        Map.of(
                        "without a key", UPGRADE + VERSION + PROTOCOL,
                        "with a key that is none", UPGRADE + VERSION + PROTOCOL + "Sec-WebSocket-Key: x\r\n",
                        "of another version", UPGRADE + "Sec-WebSocket-Version: 99\r\n" + PROTOCOL + KEY,
                        "of no version", UPGRADE + PROTOCOL + KEY,
                        "of a foreign page", UPGRADE + VERSION + PROTOCOL + KEY + "Origin: https://evil.example\r\n",
                        "without Connection", "Upgrade: websocket\r\nConnection: close\r\n" + VERSION + PROTOCOL + KEY)
                .forEach((name, headers) -> input(
                        "WebSocket handshakes",
                        name,
                        "(400|403|426) BAD_INPUT",
                        port -> RawSocket.handshake(port, headers)));
        for (String protocol : List.of("graphql-ws", "chat", "x".repeat(5_000))) {
            input(
                    "WebSocket handshakes",
                    "for " + (protocol.length() > 20 ? "a long protocol" : protocol),
                    "101",
                    port -> RawSocket.handshake(
                            port, UPGRADE + VERSION + KEY + "Sec-WebSocket-Protocol: " + protocol + "\r\n"));
        }
    }

    private void frames() {
        String kind = "WebSocket frames";
        broken(kind, "without a mask", "closed 1002", socket -> socket.frame(0x81, new byte[] {'{', '}'}, 2, false));
        for (int bit : new int[] {0x40, 0x20, 0x10}) {
            broken(
                    kind,
                    "with the reserved bit " + bit,
                    "closed 1002",
                    socket -> socket.frame(0x81 + bit, new byte[] {'{', '}'}));
        }
        for (int opcode : new int[] {3, 7, 11, 15}) {
            broken(
                    kind,
                    "of the reserved kind " + opcode,
                    "closed 1002",
                    socket -> socket.frame(0x80 + opcode, new byte[2]));
        }
        broken(kind, "a long ping", "closed 1002", socket -> socket.frame(0x89, new byte[126]));
        broken(kind, "a ping in parts", "closed 1002", socket -> socket.frame(0x09, new byte[1]));
        broken(kind, "a continuation of nothing", "closed 1002", socket -> socket.frame(0x80, new byte[1]));
        broken(kind, "a text within a text", "closed 1002", socket -> {
            socket.frame(0x01, new byte[] {'{'});
            socket.frame(0x81, new byte[] {'}'});
        });
        broken(kind, "invalid UTF-8", "closed 1007", socket -> socket.frame(0x81, new byte[] {'"', (byte) 0xff, '"'}));
        broken(kind, "a binary message", "closed (4400|1003)", socket -> socket.frame(0x82, new byte[10]));
        broken(kind, "a length of 2 MB", "closed 1009", socket -> socket.frame(0x81, new byte[2_000_000]));
        broken(
                kind,
                "a length of 63 bits",
                "closed (1002|1009|4408)",
                socket -> socket.frame(0x81, new byte[10], Long.MAX_VALUE, true));
        broken(
                kind,
                "a negative length",
                "closed (1002|1009|4400|4408)",
                socket -> socket.frame(0x81, new byte[10], Long.MIN_VALUE + 10, true));
        broken(kind, "a text in 200,000 parts", "closed (1009|4400|4408|4429)|cut off", socket -> {
            socket.frame(0x01, new byte[] {'{'});
            for (int i = 0; i < 200_000 && socket.frame(0x00, new byte[] {' '}); i++) {}
            socket.frame(0x80, new byte[] {'x'});
        });
        broken(kind, "100 MB in parts", "closed 1009|cut off", socket -> {
            byte[] part = new byte[100_000];
            Arrays.fill(part, (byte) ' ');
            socket.frame(0x01, part);
            for (int i = 0; i < 1_000 && socket.frame(0x00, part); i++) {}
        });
        broken(kind, "a close of one byte", "closed 1002|cut off", socket -> socket.frame(0x88, new byte[1]));
        broken(
                kind,
                "a close with a code that is none",
                "closed (1002|999|5)|cut off",
                socket -> socket.frame(0x88, new byte[] {0, 5}));
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
                "{\"type\":\"next\",\"id\":\"1\",\"payload\":{}}",
                "{\"type\":\"connection_init\"}")) {
            String name = text.length() > 90 ? text.length() + " characters" : "«" + text + "»";
            input(kind, name, "closed (4400|4429)", port -> {
                try (RawSocket socket = RawSocket.acknowledged(port)) {
                    socket.text(text);
                    return socket.end();
                }
            });
        }
        broken(
                kind,
                "an operation before connection_init",
                "closed 4401",
                socket -> socket.text(subscribe("1", "{ __typename }")));
        input(kind, "no connection_init", "closed 4408", port -> {
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

    private void floods() {
        String kind = "WebSocket floods";
        String any = "still answers|closed (4429|1008|4400)|cut off";
        flooded(kind, "20,000 pings of the protocol", "{\"type\":\"ping\"}", 20_000, TOO_MANY);
        flooded(kind, "20,000 ends of nothing", "{\"id\":\"x\",\"type\":\"complete\"}", 20_000, TOO_MANY);
        flooded(kind, "20,000 pings of WebSocket", "", 20_000, any);
        flooded(kind, "20,000 queries", subscribe("%d", "{ __typename }"), 20_000, TOO_MANY);
        flooded(kind, "20,000 documents that are none", subscribe("%d", "{{{"), 20_000, TOO_MANY);
        flooded(kind, "2,000 streams of nothing", subscribe("%d", WATCH), 2_000, any);
        flooded(kind, "500 streams that stay", subscribe("%d", BOARD), 500, "still answers|closed 4499");
        // a few may have ended before the last one comes: RateScenarios shows the limit itself
        flooded(kind, "600 streams that stay", subscribe("%d", BOARD), 600, "still answers|closed 4499|" + TOO_MANY);
        input("connections that never begin", "300 of them", "closed 4408", port -> {
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
        String post = "Accept: text/event-stream\r\n";
        for (String document : List.of(
                "subscription { a: onDispatchChanged { kind } b: onDispatchChanged { kind } }",
                "subscription { ...F } fragment F on Subscription { onDispatchChanged { kind }"
                        + " onTrackingUpdated(sessionId: \\\"1\\\") { kind } }",
                "subscription { __typename }",
                "subscription { unknown }",
                "subscription {",
                WATCH)) {
            input(
                    "event streams",
                    document.length() > 60 ? document.substring(0, 60) : document,
                    "200 (BAD_INPUT|NOT_FOUND)|(400|422) BAD_INPUT",
                    port -> Wire.exchange(port, Wire.post(post, ("{\"query\":\"" + document + "\"}").getBytes(UTF_8))));
        }
        input("connections that are torn", "300 event streams", "torn", port -> {
            for (int i = 0; i < 300; i++) {
                try (Wire wire = new Wire(port)) {
                    wire.send(Wire.post(post, ("{\"query\":\"" + BOARD + "\"}").getBytes(UTF_8)));
                    if (i % 2 == 0) {
                        wire.read();
                    }
                }
            }
            return "torn";
        });
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
                reader.join();
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
