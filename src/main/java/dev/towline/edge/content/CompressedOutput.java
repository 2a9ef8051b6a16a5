package dev.towline.edge.content;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Holds the beginning of an answer until it is decided whether to compress it. */
final class CompressedOutput extends ServletOutputStream {

    private final CompressedResponse response;
    private final ServletOutputStream out;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    /** Where to write once it is decided: the answer's own output, or a coding before it. */
    private @Nullable OutputStream settled;

    private boolean coded;
    private boolean lost;

    CompressedOutput(CompressedResponse response, ServletOutputStream out) {
        this.response = response;
        this.out = out;
    }

    boolean isCoded() {
        return coded;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        if (settled != null) {
            settled.write(bytes, from, count);
            return;
        }
        if (held.size() + count < CompressedResponse.LEAST_BYTES) {
            held.write(bytes, from, count);
            return;
        }
        settle(count).write(bytes, from, count);
    }

    /** An answer that is flushed early is one that comes bit by bit: decided by what there is. */
    @Override
    public void flush() throws IOException {
        (settled == null ? settle(0) : settled).flush();
    }

    /** Writes what is still held. Leaves the answer open, so that the server can tell the length of one that is short. */
    void finish() throws IOException {
        OutputStream target = settled == null ? settle(0) : settled;
        if (coded) {
            target.close();
        }
    }

    /** Frees the coding's memory, which is not Java's; what it still holds is lost. */
    void abandon() {
        if (coded && settled != null) {
            lost = true;
            try {
                settled.close();
            } catch (IOException gone) {
                // the caller has gone, or the answer failed anyway
            }
        }
    }

    private OutputStream settle(int more) throws IOException {
        ContentCoding coding = response.settle(held.size() + (long) more);
        coded = coding != null;
        OutputStream target = coding == null ? out : coding.encode(new Behind());
        settled = target;
        held.writeTo(target);
        held.reset();
        return target;
    }

    @Override
    public void close() throws IOException {
        finish();
        out.close();
    }

    @Override
    public boolean isReady() {
        return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        out.setWriteListener(listener);
    }

    /** The answer's own output behind a coding. The coding ends with it, the answer does not: an error may follow. */
    private final class Behind extends OutputStream {

        @Override
        public void write(int oneByte) throws IOException {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (!lost) {
                out.write(bytes, from, count);
            }
        }

        @Override
        public void flush() throws IOException {
            if (!lost) {
                out.flush();
            }
        }
    }
}
