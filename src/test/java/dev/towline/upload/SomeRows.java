package dev.towline.upload;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Rows of a text, for tests of what reads them. */
public final class SomeRows {

    private static final int MOST_BYTES = 1000;

    private SomeRows() {}

    public static Rows of(RowFormat format, String text) {
        return new Rows(format, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), MOST_BYTES);
    }
}
