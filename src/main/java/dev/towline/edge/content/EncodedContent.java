package dev.towline.edge.content;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Content in its codings. Each is made once, when a client first asks for it. Content of less than 1 KiB is not compressed. Thread-safe.
 */
public final class EncodedContent {

    private final byte[] plain;
    private final Map<ContentCoding, byte[]> coded = new ConcurrentHashMap<>();

    /** @param plain the content, which must not be changed any more */
    public EncodedContent(byte[] plain) {
        this.plain = plain;
    }

    /** The content without a coding. */
    public byte[] plain() {
        return plain;
    }

    /** Writes the content in the best coding that the client accepts. Blocking. */
    public void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(plain.length < ContentCoding.LEAST_BYTES ? null : ContentCoding.negotiate(request), response);
    }

    /**
     * Writes the content. Blocking.
     *
     * @param accepted the best coding that the client accepts, null for none
     */
    public void write(@Nullable ContentCoding accepted, HttpServletResponse response) throws IOException {
        ContentCoding coding = coding(accepted);
        byte[] body = bytes(accepted);
        if (coding != null) {
            response.setHeader(HttpHeaders.CONTENT_ENCODING, coding.token());
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /**
     * The content in a coding that a client accepts.
     *
     * @param accepted the best coding that the client accepts, null for none
     */
    public byte[] bytes(@Nullable ContentCoding accepted) throws IOException {
        ContentCoding coding = coding(accepted);
        return coding == null ? plain : in(coding);
    }

    private @Nullable ContentCoding coding(@Nullable ContentCoding accepted) {
        return plain.length < ContentCoding.LEAST_BYTES ? null : accepted;
    }

    /** Two threads may make it at the same time, and one of the equal results is kept. */
    private byte[] in(ContentCoding coding) throws IOException {
        byte[] known = coded.get(coding);
        if (known == null) {
            known = coding.encode(plain);
            coded.put(coding, known);
        }
        return known;
    }
}
