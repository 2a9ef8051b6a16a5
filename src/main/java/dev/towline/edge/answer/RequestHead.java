package dev.towline.edge.answer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

/**
 * All that a request says about itself besides the path, the query, the body and the version of HTTP: the method, what it was sent to, and its headers. Left out are
 * headers that differ from request to request and decide nothing but the trace. So what the filters decided about a request holds for each with
 * the same head: a header that is new to this class makes another head. Immutable. It is ordered, so that a map stays quick even if somebody
 * sends many of equal hash codes.
 */
final class RequestHead implements Comparable<RequestHead> {

    private static final List<String> LEFT_OUT =
            List.of("content-length", "traceparent", "tracestate", "x-amzn-trace-id");

    private final byte[] bytes;
    private final int hash;

    private RequestHead(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /** The head of a request, which has its headers only while it is handled. */
    static RequestHead of(Request request) {
        ByteArrayOutputStream head = new ByteArrayOutputStream(512);
        // A trusted proxy may have set what follows the method, so it is more than the headers say.
        add(head, request.getMethod());
        add(head, request.getScheme());
        add(head, request.getServerName());
        add(head, Integer.toString(request.getServerPort()));
        MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
        for (int i = 0; i < headers.size(); i++) {
            MessageBytes name = headers.getName(i);
            if (!isLeftOut(name)) {
                add(head, name);
                add(head, headers.getValue(i));
            }
        }
        return new RequestHead(head.toByteArray());
    }

    private static boolean isLeftOut(MessageBytes name) {
        for (String other : LEFT_OUT) {
            if (name.equalsIgnoreCase(other)) {
                return true;
            }
        }
        return false;
    }

    private static void add(ByteArrayOutputStream head, MessageBytes text) {
        if (text.getType() == MessageBytes.T_BYTES) {
            ByteChunk chunk = text.getByteChunk();
            head.write(chunk.getBuffer(), chunk.getStart(), chunk.getLength());
            head.write('\n');
        } else {
            add(head, text.toString());
        }
    }

    /** No part of a head has a line break. */
    private static void add(ByteArrayOutputStream head, @Nullable String text) {
        head.writeBytes(String.valueOf(text).getBytes(StandardCharsets.ISO_8859_1));
        head.write('\n');
    }

    int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestHead same && hash == same.hash && Arrays.equals(bytes, same.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public int compareTo(RequestHead other) {
        return Arrays.compare(bytes, other.bytes);
    }
}
