package dev.towline.localdax;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.function.Consumer;

/** A client that sends any bytes. Not thread-safe. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int HEADER_BYTES = 8;

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** As the Java client sends it. */
    static byte[] preamble() {
        return Cbor.output()
                .text("J7yne5G")
                .integer(1)
                .nothing()
                .map(1)
                .key("UserAgent")
                .text("test")
                .endMap()
                .integer(0)
                .bytes();
    }

    static byte[] request(Method method, Consumer<CborOutput> arguments) {
        CborOutput out = Cbor.output().integer(1).integer(method.id);
        arguments.accept(out);
        return out.bytes();
    }

    /** Sends as far as the other side lets it. */
    RawClient send(byte[]... all) {
        try {
            for (byte[] bytes : all) {
                socket.getOutputStream().write(bytes);
            }
        } catch (IOException _) {
            // closed by the other side, which is what some tests wait for
        }
        return this;
    }

    /** Tells that nothing more comes. */
    RawClient finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException _) {
            // is closed already
        }
        return this;
    }

    /** The body of the next answer. */
    byte[] answer() throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        byte[] body = new byte[in.readInt() - HEADER_BYTES];
        in.readInt();
        in.readFully(body);
        return body;
    }

    /** The next bytes, whatever they are. */
    byte[] bytes(int count) throws IOException {
        return socket.getInputStream().readNBytes(count);
    }

    /** Waits until the other side has closed the connection. Fails if it does not. */
    void awaitEnd() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] any = new byte[8192];
        try {
            while (in.read(any) >= 0) {
                // answers of any kind
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The connection stays open", e);
        } catch (IOException _) {
            // reset: it is closed too
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
