package dev.towline.upload;

import org.jspecify.annotations.Nullable;

/**
 * A line of a file, or the lines of a row.
 *
 * @param number the number of the (first) line, from 1
 * @param text the text without the end of the line, empty if there is a fault
 * @param fault why it cannot be read, null if it can
 */
public record Line(int number, String text, @Nullable String fault) {

    static Line of(int number, String text) {
        return new Line(number, text, null);
    }

    static Line faulty(int number, String fault) {
        return new Line(number, "", fault);
    }
}
