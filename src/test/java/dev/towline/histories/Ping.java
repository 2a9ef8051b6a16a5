package dev.towline.histories;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** What comes of a {@code PING} to a Redis on a loopback port, over a connection of its own, so that no client library hides anything. */
enum Ping {
    ANSWERED,
    /** Nobody listens, or the connection breaks. */
    REFUSED,
    /** The request is taken, but no answer comes. */
    SILENT;

    private static final int PATIENCE_MILLIS = 500;

    /** Sends one and blocks for half a second at most. */
    static Ping of(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes("+PONG".length());
            return new String(answer, StandardCharsets.US_ASCII).equals("+PONG") ? ANSWERED : REFUSED;
        } catch (SocketTimeoutException e) {
            return SILENT;
        } catch (IOException e) {
            return REFUSED;
        }
    }
}
