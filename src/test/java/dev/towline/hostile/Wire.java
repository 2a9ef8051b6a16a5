package dev.towline.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection that carries any bytes. Blocking. */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MS = 30_000;
    private static final int SILENCE_MS = 300;
    private static final int MOST_BYTES = 4_000_000;

    /** With this type the status says whether a request was executed. */
    private static final String ACCEPT = "Accept: application/graphql-response+json\r\n";

    private static final Pattern STATUS = Pattern.compile("\\AHTTP/1\\.1 (\\d{3})");
    private static final Pattern CODE = Pattern.compile("\"code\" ?: ?\"(\\w+)\"");
    private static final Pattern LIMIT = Pattern.compile("\"limit\" ?: ?\"(\\w+)\"");
    private static final Pattern CHUNKED = Pattern.compile("(?i)\ntransfer-encoding: chunked");
    private static final Pattern LENGTH = Pattern.compile("(?i)\ncontent-length: (\\d+)");

    private final Socket socket;

    Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
    }

    /** A whole request, and its answer in words. */
    static String exchange(int port, byte[] request) throws IOException {
        try (Wire wire = new Wire(port)) {
            wire.send(request);
            return wire.answer();
        }
    }

    static String exchange(int port, String request) throws IOException {
        return exchange(port, request.getBytes(ISO_8859_1));
    }

    /** A POST of these bytes to {@code /graphql}. {@code headers}: lines, each with its end. */
    static byte[] post(String headers, byte[] body) {
        return request("POST /graphql HTTP/1.1", "Content-Type: application/json\r\n" + headers, body);
    }

    static byte[] request(String line, String headers, byte[] body) {
        String head = line + "\r\nHost: localhost\r\nConnection: close\r\n"
                + (headers.contains("Accept:") ? "" : ACCEPT) + headers + "Content-Length: " + body.length + "\r\n\r\n";
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    /** Whether it was taken; a service that has seen enough closes the connection. */
    boolean send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    boolean send(String text) {
        return send(text.getBytes(ISO_8859_1));
    }

    int read() throws IOException {
        return socket.getInputStream().read();
    }

    byte[] read(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    void patience(Duration patience) throws IOException {
        socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    }

    /** Reads an answer of HTTP to its end. */
    String answer() {
        var came = new ByteArrayOutputStream();
        byte[] some = new byte[16_384];
        try {
            while (came.size() < MOST_BYTES && !isWhole(came)) {
                int count = socket.getInputStream().read(some);
                if (count < 0) {
                    break;
                }
                came.write(some, 0, count);
                // what comes, comes at once; a stream may stay open
                socket.setSoTimeout(CHUNKED.matcher(came.toString(ISO_8859_1)).find() ? PATIENCE_MS : SILENCE_MS);
            }
        } catch (SocketTimeoutException silent) {
            if (came.size() == 0) {
                return "silent";
            }
        } catch (IOException reset) {
            // the service has not read all of the request
        }
        return inWords(came.toString(UTF_8));
    }

    private static boolean isWhole(ByteArrayOutputStream came) {
        String text = came.toString(ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        Matcher length = LENGTH.matcher(text.substring(0, head));
        return length.find() && came.size() >= head + 4 + Integer.parseInt(length.group(1));
    }

    private static String inWords(String text) {
        Matcher status = STATUS.matcher(text);
        if (!status.find()) {
            return text.isEmpty() ? "cut off" : "not HTTP";
        }
        if (text.contains("\tat ") || text.contains("Exception")) {
            return status.group(1) + " leaks an exception";
        }
        Matcher code = CODE.matcher(text);
        if (text.lastIndexOf("HTTP/1.1 ") > 0) {
            return "two answers";
        }
        Matcher limit = LIMIT.matcher(text);
        return status.group(1)
                + (code.find() ? " " + code.group(1) : text.contains("\"data\":") ? " data" : "")
                + (limit.find() ? ", " + limit.group(1) : "");
    }

    @Override
    public void close() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }
}
