package dev.towline.localdax;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * One connection of a client: a preamble, then one request after the other, each answered before the next is read. What is not the protocol
 * closes it, since nothing tells where the next request would start; what is wrong within a request that ends well is an error for
 * the client.
 */
final class Connection implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private static final String MAGIC = "J7yne5G";
    private static final int FRAMED = 1;
    private static final int HEADER_BYTES = Integer.BYTES + Integer.BYTES;
    private static final int END_OF_MESSAGE = 1 << 24;
    private static final int SERVICE = 1;

    private final Socket socket;
    private final RequestStream stream;
    private final CborInput input;
    private final Calls calls;
    private final Items items;
    private final Interceptor interceptor;
    private boolean isFramed;
    private volatile long writingSinceNanos;
    private volatile boolean isWriting;

    Connection(Socket socket, Cbor cbor, WireLimits limits, Calls calls, Items items, Interceptor interceptor)
            throws IOException {
        this.socket = socket;
        this.stream = new RequestStream(socket, limits);
        this.input = cbor.input(new BufferedInputStream(stream));
        this.calls = calls;
        this.items = items;
        this.interceptor = interceptor;
    }

    /** Serves until the client leaves, breaks the protocol, or {@link #cut}. */
    @Override
    public void run() {
        try (socket) {
            if (readPreamble()) {
                while (serveOne()) {
                    stream.startRequest();
                    input.startRequest();
                }
            }
        } catch (MalformedRequest e) {
            log.debug("Closes a connection: {}", e.getMessage());
            tell(Errors.validation("Malformed request: " + e.getMessage()));
        } catch (UncheckedIOException | IOException e) {
            log.debug("A connection ends", e);
        } catch (ConnectionCut | InterruptedException _) {
            cut();
        }
    }

    /** Ends it from another thread. The client sees a reset rather than an end. */
    void cut() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException _) {
            // is closed already
        }
        try {
            socket.close();
        } catch (IOException _) {
            // nothing more can be done
        }
    }

    /** Whether the client has been taking an answer for longer than that. */
    boolean isWritingFor(long nanos) {
        return isWriting && System.nanoTime() - writingSinceNanos > nanos;
    }

    private boolean readPreamble() {
        if (!input.advance()) {
            return false;
        }
        if (!MAGIC.equals(input.value())) {
            throw new MalformedRequest("no client of DAX");
        }
        int layering = Arguments.integer(input.next());
        if (layering != 0 && layering != FRAMED) {
            throw new MalformedRequest("unknown layering %d".formatted(layering));
        }
        isFramed = layering == FRAMED;
        Object _ = input.next(); // the session, which groups the connections of a client
        var _ = Arguments.map(input.next()); // who the client is
        int _ = Arguments.integer(input.next()); // its mode, always 0
        return true;
    }

    /** False at the end of the connection. */
    private boolean serveOne() throws IOException, InterruptedException {
        if (!input.advance()) {
            return false;
        }
        int service = Arguments.integer(input.value());
        int id = Arguments.integer(input.next());
        Method method = service == SERVICE ? Method.of(id) : null;
        if (method == null) {
            throw new MalformedRequest("unknown method %d of service %d".formatted(id, service));
        }
        List<@Nullable Object> arguments = new ArrayList<>();
        for (int i = 0; i < method.arguments; i++) {
            arguments.add(input.next());
        }
        // credentials of any kind are good enough
        if (method != Method.AUTHORIZE) {
            send(answer(method, arguments));
        }
        return true;
    }

    private CborOutput answer(Method method, List<@Nullable Object> arguments) throws InterruptedException {
        try {
            interceptor.before(method);
            CborOutput out = Cbor.output().array(0).end();
            calls.call(method, arguments, out);
            return out;
        } catch (MalformedRequest e) {
            return failure(Errors.validation("Malformed request: " + e.getMessage()));
        } catch (DaxError e) {
            return failure(e);
        } catch (DynamoDbException e) {
            return failure(Errors.of(e));
        } catch (ConnectionCut e) {
            throw e;
        } catch (SdkException e) {
            // DynamoDB is away, which the client hears; a warning for each request would only fill the log
            log.debug("{} failed: {}", method, e.toString());
            return failure(Errors.internal("%s failed: %s".formatted(method, e)));
        } catch (RuntimeException e) {
            log.warn("{} failed", method, e);
            return failure(Errors.internal("%s failed: %s".formatted(method, e)));
        }
    }

    private CborOutput failure(DaxError error) {
        CborOutput out = Cbor.output();
        Errors.write(out, error, items);
        return out;
    }

    private void tell(DaxError error) {
        try {
            send(failure(error));
        } catch (IOException | RuntimeException e) {
            log.debug("A client does not hear why", e);
        }
    }

    private void send(CborOutput answer) throws IOException {
        byte[] body = answer.bytes();
        OutputStream out = socket.getOutputStream();
        writingSinceNanos = System.nanoTime();
        isWriting = true;
        try {
            out.write(isFramed ? framed(body) : body);
        } finally {
            isWriting = false;
        }
    }

    /** One frame is always enough. */
    private static byte[] framed(byte[] body) {
        return ByteBuffer.allocate(HEADER_BYTES + body.length)
                .putInt(HEADER_BYTES + body.length)
                .putInt(END_OF_MESSAGE)
                .put(body)
                .array();
    }
}
