package dev.towline.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sends raw HTTP requests and reads until the server closes the connection. Blocking. */
public final class RawHttp {

    private static final int PATIENCE_MS = 20_000;

    private RawHttp() {}

    public record Reply(String head, String body) {

        public int status() {
            return head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0;
        }

        /** The value of a header; empty if it is absent. */
        public String header(String name) {
            return Arrays.stream(head.split("\r\n", -1))
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }

        public JsonNode error() {
            JsonNode errors = Endpoint.JSON.readTree(body).path("errors");
            if (errors.size() != 1) {
                throw new AssertionError("not one error: " + body);
            }
            return errors.get(0);
        }

        @Nullable
        public String code() {
            return error().at("/extensions/code").stringValue(null);
        }
    }

    /** Sends a request line and headers, in ISO 8859-1; Host and Connection are added. */
    public static Reply send(int port, String lineAndHeaders, String body) throws IOException {
        String[] parts = lineAndHeaders.split("\r\n", 2);
        String more = parts.length > 1 ? parts[1] + "\r\n" : "";
        return exactly(port, parts[0] + "\r\nHost: localhost\r\nConnection: close\r\n" + more + "\r\n" + body);
    }

    /** Sends these characters, each as a byte. */
    public static Reply exactly(int port, String bytes) throws IOException {
        return exactly(port, bytes.getBytes(ISO_8859_1));
    }

    public static Reply exactly(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            try {
                socket.getOutputStream().write(bytes);
            } catch (SocketException refused) {
                // The server has answered before the end of the request.
            }
            byte[] all = received(socket.getInputStream());
            String text = new String(all, UTF_8);
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? new Reply("", text) : new Reply(text.substring(0, end), text.substring(end + 4));
        }
    }

    private static byte[] received(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        try {
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                all.write(some, 0, count);
            }
        } catch (SocketException reset) {
            // The server has not read the whole request.
        }
        return all.toByteArray();
    }
}
