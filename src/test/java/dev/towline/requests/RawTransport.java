package dev.towline.requests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Sends bytes and reads what comes back until there is nothing more. Blocking. */
final class RawTransport {

    private static final int PATIENCE_MILLISECONDS = 10_000;
    private static final int SILENCE_MILLISECONDS = 500;

    private final int port;

    RawTransport(int port) {
        this.port = port;
    }

    Answer send(Request request) {
        Answer answer = new Answer();
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLISECONDS);
            socket.getOutputStream().write(request.messages().getFirst());
            socket.getOutputStream().flush();
            came.write(socket.getInputStream().readNBytes(1));
            // what comes, comes at once; the connection may be kept
            socket.setSoTimeout(SILENCE_MILLISECONDS);
            socket.getInputStream().transferTo(came);
        } catch (IOException end) {
            // of what has come: it was reset, or nothing more comes
        }
        read(came.toByteArray(), answer);
        return answer;
    }

    private static void read(byte[] response, Answer answer) {
        String text = new String(response, StandardCharsets.ISO_8859_1);
        if (text.startsWith("HTTP/1.1 100")) {
            read(Arrays.copyOfRange(response, text.indexOf("\r\n\r\n") + 4, response.length), answer);
            return;
        }
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.startsWith("HTTP/1.1 ")) {
            answer.flaw(text.isEmpty() ? "no answer" : "not an answer of HTTP");
            return;
        }
        String head = text.substring(0, end).toLowerCase(Locale.ROOT) + "\r\n";
        answer.status(Integer.parseInt(head.substring(9, 12)));
        answer.mediaType(header(head, "content-type"));
        byte[] body = Arrays.copyOfRange(response, end + 4, response.length);
        if (answer.status() != 101 && body.length > 0) {
            answer.read(header(head, "transfer-encoding").equals("chunked") ? joined(body) : body);
        }
    }

    private static String header(String head, String name) {
        int start = head.indexOf("\r\n" + name + ":");
        return start < 0
                ? ""
                : head.substring(start + name.length() + 3, head.indexOf("\r\n", start + 2))
                        .strip();
    }

    private static byte[] joined(byte[] chunks) {
        String left = new String(chunks, StandardCharsets.ISO_8859_1);
        StringBuilder joined = new StringBuilder();
        int end = left.indexOf("\r\n");
        while (end > 0) {
            int length = Integer.parseInt(left.substring(0, end), 16);
            joined.append(left, end + 2, Math.min(left.length(), end + 2 + length));
            left = left.substring(Math.min(left.length(), end + 4 + length));
            end = left.indexOf("\r\n");
        }
        return joined.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
