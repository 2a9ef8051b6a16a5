package dev.towline.edge.content;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * An answer that may turn out to be worth compressing, which shows when so much of it has been written, or when all of it has. Not
 * thread-safe, like every response.
 */
final class CompressedResponse extends HttpServletResponseWrapper {

    /** Below it, an answer fits into a packet anyway. */
    static final int LEAST_BYTES = 1024;

    private static final Set<Integer> WITHOUT_CONTENT_OF_THEIR_OWN = Set.of(
            HttpServletResponse.SC_NO_CONTENT,
            HttpServletResponse.SC_PARTIAL_CONTENT,
            HttpServletResponse.SC_NOT_MODIFIED);

    private final @Nullable ContentCoding coding;
    private final String ifNoneMatch;

    private long length = -1;
    private @Nullable CompressedOutput output;
    private @Nullable PrintWriter writer;

    /**
     * @param coding what the caller understands, null if nothing
     * @param ifNoneMatch the tags that the caller has, as it sent them; empty for none
     */
    CompressedResponse(HttpServletResponse response, @Nullable ContentCoding coding, String ifNoneMatch) {
        super(response);
        this.coding = coding;
        this.ifNoneMatch = ifNoneMatch;
    }

    /** Writes what is still held. */
    void finish() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        if (output == null) {
            settle(0);
        } else {
            output.finish();
        }
    }

    /**
     * Decides about the answer, and sets the headers that depend on it.
     *
     * @param held how many bytes of it there are so far
     * @return the coding to write it in, null for none
     */
    @Nullable
    ContentCoding settle(long held) {
        ContentCoding fit = null;
        String coded = getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coded == null && Compressible.is(getContentType()) && Math.max(held, length) >= LEAST_BYTES) {
            vary();
            fit = isToStayAsItIs() ? null : coding;
        }
        ContentCoding chosen = held > 0 && !WITHOUT_CONTENT_OF_THEIR_OWN.contains(getStatus()) ? fit : null;
        if (chosen != null) {
            setHeader(HttpHeaders.CONTENT_ENCODING, chosen.token());
        } else if (length >= 0 && !isNotModified()) {
            super.setContentLengthLong(length);
        }
        // of what is not sent, the tag is that of what would have been
        tag(coded != null ? coding : isNotModified() ? fit : chosen);
        return chosen;
    }

    private void vary() {
        boolean varies = getHeaders(HttpHeaders.VARY).stream()
                .flatMap(names -> Arrays.stream(names.split(",", -1)))
                .anyMatch(name -> name.strip().equalsIgnoreCase(HttpHeaders.ACCEPT_ENCODING));
        if (!varies) {
            addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
    }

    private boolean isNotModified() {
        return getStatus() == HttpServletResponse.SC_NOT_MODIFIED;
    }

    private boolean isToStayAsItIs() {
        String caching = getHeader(HttpHeaders.CACHE_CONTROL);
        return caching != null && caching.toLowerCase(Locale.ROOT).contains("no-transform");
    }

    private void tag(@Nullable ContentCoding selected) {
        String tag = getHeader(HttpHeaders.ETAG);
        if (tag == null) {
            return;
        }
        String ours = selected == null ? tag : EntityTags.coded(tag, selected);
        setHeader(
                HttpHeaders.ETAG,
                isNotModified() ? EntityTags.known(tag, ifNoneMatch, coding).orElse(ours) : ours);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (output == null) {
            output = new CompressedOutput(this, super.getOutputStream());
        }
        return output;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer =
                    new PrintWriter(new OutputStreamWriter(getOutputStream(), Charset.forName(getCharacterEncoding())));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        getOutputStream().flush();
        super.flushBuffer();
    }

    @Override
    public void setContentLength(int bytes) {
        length = bytes;
    }

    @Override
    public void setContentLengthLong(long bytes) {
        length = bytes;
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
            length = value == null ? -1 : Long.parseLong(value);
        } else {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) {
            length = Long.parseLong(value);
        } else {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        forget();
        super.sendError(status, message);
    }

    @Override
    public void sendError(int status) throws IOException {
        forget();
        super.sendError(status);
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        forget();
    }

    @Override
    public void reset() {
        super.reset();
        forget();
    }

    /** What was written so far counts no more, unless it has left; another answer begins. Frees what a coding holds. */
    void forget() {
        if (output == null) {
            return;
        }
        if (output.isCoded() && !isCommitted()) {
            setHeader(HttpHeaders.CONTENT_ENCODING, null);
        }
        output.abandon();
        if (!isCommitted()) {
            // a coding writes its own beginning at once
            getResponse().resetBuffer();
            output = null;
            writer = null;
            length = -1;
        }
    }
}
