package dev.towline.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file: its lines that are not blank. In CSV a row goes on over several lines while a quoted value is open. If its end does not
 * come within the allowed length, only the line where it begins is faulty, so one wrong quote does not swallow the rest of the file. Blocks as
 * the stream does. For one thread.
 */
public final class Rows implements AutoCloseable {

    private final RowFormat format;
    private final InputStream in;
    private final Lines lines;
    private final int maxBytes;

    /** Lines that were read already. */
    private final Deque<Line> ahead = new ArrayDeque<>();

    /** @param maxBytes the most bytes of a line; a row of several lines has at most so many characters */
    Rows(RowFormat format, InputStream in, int maxBytes) {
        this.format = format;
        this.in = in;
        this.lines = new Lines(in, maxBytes);
        this.maxBytes = maxBytes;
    }

    /**
     * The next row, null at the end.
     *
     * @throws UploadGone if a part of the file is not stored any more
     */
    public @Nullable Line next() {
        try {
            Line first = line();
            while (first != null && first.fault() == null && first.text().isBlank()) {
                first = line();
            }
            return first == null || first.fault() != null || format != RowFormat.CSV ? first : record(first);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Line line() throws IOException {
        Line read = ahead.poll();
        return read == null ? lines.next() : read;
    }

    /** The row that begins with this line. */
    private Line record(Line first) throws IOException {
        Quotes quotes = new Quotes();
        quotes.read(first.text());
        if (!quotes.isOpen()) {
            return first;
        }
        StringBuilder text = new StringBuilder(first.text());
        Deque<Line> more = new ArrayDeque<>();
        while (quotes.isOpen()) {
            Line next = line();
            if (next != null) {
                more.add(next);
            }
            if (next == null
                    || next.fault() != null
                    || text.length() + next.text().length() >= maxBytes) {
                while (!more.isEmpty()) {
                    ahead.addFirst(more.removeLast());
                }
                return Line.faulty(first.number(), "A quote is not closed.");
            }
            text.append('\n').append(next.text());
            quotes.read('\n' + next.text());
        }
        return Line.of(first.number(), text.toString());
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a quoted value is open after what was read. A value is quoted if it begins with a quote; two quotes within it are one. */
    private static final class Quotes {

        private boolean isOpen;
        private boolean isAtStart = true;

        void read(String text) {
            for (int i = 0; i < text.length(); i++) {
                char each = text.charAt(i);
                if (isOpen) {
                    if (each == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                        i++;
                    } else if (each == '"') {
                        isOpen = false;
                    }
                } else {
                    isOpen = isAtStart && each == '"';
                    isAtStart = each == ',';
                }
            }
        }

        boolean isOpen() {
            return isOpen;
        }
    }
}
