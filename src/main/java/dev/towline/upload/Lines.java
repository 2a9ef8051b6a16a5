package dev.towline.upload;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file in UTF-8, which end with LF or CRLF. It skips a byte order mark. A line that is too long or not UTF-8 is faulty, and the
 * others are read. Blocks as the stream does. For one thread.
 */
final class Lines {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream in;
    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int number;

    /** @param maxBytes the most bytes of a line */
    Lines(InputStream in, int maxBytes) {
        this.in = new BufferedInputStream(in, BUFFER_BYTES);
        this.maxBytes = maxBytes;
    }

    /** The next line, null at the end. */
    @Nullable
    Line next() throws IOException {
        bytes.reset();
        int length = 0;
        int each = in.read();
        if (each < 0) {
            return null;
        }
        number++;
        for (; each >= 0 && each != '\n'; each = in.read()) {
            if (length++ < maxBytes) {
                bytes.write(each);
            }
        }
        return length > maxBytes
                ? Line.faulty(number, "The line has more than " + maxBytes + " bytes.")
                : decoded(bytes.toByteArray());
    }

    private Line decoded(byte[] line) {
        int end = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, end))
                    .toString();
            return Line.of(number, number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException malformed) {
            return Line.faulty(number, "The line is not UTF-8.");
        }
    }
}
