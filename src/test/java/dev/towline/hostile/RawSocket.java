package dev.towline.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigInteger;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A WebSocket whose frames can be wrong (RFC 6455, section 5.2). Blocking. */
final class RawSocket implements AutoCloseable {

    /** Nothing has come. */
    static final String SILENT = "silent";

    private static final int FINAL_TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int CLOSE = 8;

    private static final Pattern CODE = Pattern.compile("\"code\" ?: ?\"(\\w+)\"");

    private final Wire wire;

    /** What the other end has sent last, in words. */
    private String last = SILENT;

    private RawSocket(Wire wire) {
        this.wire = wire;
    }

    static String handshake(int port, String headers) throws IOException {
        return Wire.exchange(port, "GET /graphql HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    }

    /** Opens a WebSocket without {@code connection_init}. */
    static RawSocket open(int port) throws IOException {
        return open(port, "graphql-transport-ws");
    }

    /** Opens a WebSocket of another protocol. */
    static RawSocket open(int port, String protocol) throws IOException {
        Wire wire = new Wire(port);
        wire.send(String.join(
                "\r\n",
                "GET /graphql HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Protocol: " + protocol,
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                ""));
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = wire.read();
            if (next < 0) {
                throw new IOException("no handshake: " + head);
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("no handshake: " + head);
        }
        return new RawSocket(wire);
    }

    /** Opens a WebSocket and waits for {@code connection_ack}. */
    static RawSocket acknowledged(int port) throws IOException {
        RawSocket socket = open(port);
        socket.text("{\"type\":\"connection_init\"}");
        socket.next();
        return socket;
    }

    boolean text(String text) {
        return frame(FINAL_TEXT, text.getBytes(UTF_8));
    }

    boolean frame(int first, byte[] payload) {
        return frame(first, payload, payload.length, true);
    }

    /** A frame that claims to have that length. */
    boolean frame(int first, byte[] payload, long length, boolean isMasked) {
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) first);
        int mask = isMasked ? MASKED : 0;
        if (length >= 0 && length < TWO_BYTES) {
            frame.put((byte) (mask | length));
        } else if (length >= 0 && length <= 0xffff) {
            frame.put((byte) (mask | TWO_BYTES)).putShort((short) length);
        } else {
            frame.put((byte) (mask | EIGHT_BYTES)).putLong(length);
        }
        if (isMasked) {
            frame.putInt(0);
        }
        frame.put(payload);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return wire.send(bytes);
    }

    Wire wire() {
        return wire;
    }

    /** The next frame in words; a ping counts for nothing. */
    String next() {
        try {
            while (true) {
                int first = wire.read();
                int second = wire.read();
                if (second < 0) {
                    return "cut off";
                }
                int length = second & 0x7f;
                if (length >= TWO_BYTES) {
                    length = new BigInteger(1, wire.read(length == TWO_BYTES ? 2 : 8)).intValueExact();
                }
                byte[] payload = wire.read(length);
                if ((first & 0xf) == CLOSE) {
                    return payload.length < 2
                            ? "closed"
                            : "closed "
                                    + Short.toUnsignedInt(
                                            ByteBuffer.wrap(payload).getShort());
                }
                String text = new String(payload, UTF_8);
                if (!text.contains("\"ping\"") && (first & 0xf) == 1) {
                    return inWords(text);
                }
            }
        } catch (SocketTimeoutException e) {
            return SILENT;
        } catch (IOException e) {
            return "cut off";
        }
    }

    /** How the other end has closed it, or what it has said last where it has not. */
    String end() {
        while (true) {
            String next = next();
            if (next.equals(SILENT) || next.equals("cut off") || next.startsWith("closed")) {
                return next.equals(SILENT) ? last : next;
            }
            last = next;
        }
    }

    private static String inWords(String text) {
        if (text.contains("\tat ") || text.contains("Exception")) {
            return "leaks an exception";
        }
        Matcher code = CODE.matcher(text);
        return code.find()
                ? code.group(1)
                : text.contains("\"data\"") ? "data" : text.contains("connection_ack") ? "acknowledged" : "message";
    }

    @Override
    public void close() {
        wire.close();
    }
}
