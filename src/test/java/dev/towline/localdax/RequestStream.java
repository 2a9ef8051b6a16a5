package dev.towline.localdax;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * What a client sends, within limits of bytes and time. Waits for the first byte of a request as long as a connection may be idle, and
 * for all others together as long as a request may take. Not thread-safe.
 */
final class RequestStream extends InputStream {

    private final Socket socket;
    private final InputStream in;
    private final WireLimits limits;
    private boolean isIdle = true;
    private long deadlineNanos;
    private long bytes;

    RequestStream(Socket socket, WireLimits limits) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.limits = limits;
    }

    /** Expects another request. */
    void startRequest() {
        isIdle = true;
        bytes = 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws MalformedRequest if the request exceeds its limit */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        socket.setSoTimeout(patienceMillis());
        int count = in.read(target, offset, length);
        if (isIdle) {
            isIdle = false;
            deadlineNanos = System.nanoTime() + limits.requestTime().toNanos();
        }
        bytes += Math.max(count, 0);
        if (bytes > limits.requestBytes()) {
            throw new MalformedRequest("more than %d bytes".formatted(limits.requestBytes()));
        }
        return count;
    }

    private int patienceMillis() throws SocketTimeoutException {
        if (isIdle) {
            return millis(limits.idle());
        }
        int left = millis(Duration.ofNanos(deadlineNanos - System.nanoTime()));
        if (left <= 0) {
            throw new SocketTimeoutException("The request takes too long");
        }
        return left;
    }

    private static int millis(Duration duration) {
        return (int) Math.min(duration.toMillis(), Integer.MAX_VALUE);
    }
}
