package dev.towline.edge.scalar;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that text is well-formed Unicode, without lone surrogates. JSON can have a lone surrogate, such as {@code "\ud800"}, but UTF-8
 * cannot, and strict parsers reject an answer that has one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-8.2">RFC 8259, 8.2</a>
 */
public final class WellFormed {

    /** The predicate of a message about ill-formed text. */
    public static final String EXPECTED = "must be Unicode text without lone surrogates.";

    private static final char REPLACEMENT = '\uFFFD';

    private WellFormed() {}

    /** Whether a text is well-formed. */
    public static boolean is(String text) {
        return loneSurrogate(text, 0) < 0;
    }

    /** The text with U+FFFD in place of each lone surrogate. */
    public static String of(String text) {
        int lone = loneSurrogate(text, 0);
        if (lone < 0) {
            return text;
        }
        StringBuilder replaced = new StringBuilder(text);
        while (lone >= 0) {
            replaced.setCharAt(lone, REPLACEMENT);
            lone = loneSurrogate(text, lone + 1);
        }
        return replaced.toString();
    }

    /**
     * The path of the first ill-formed text in a value. For an ill-formed key, it is the path of the object.
     *
     * @param value a JSON value of maps and lists
     * @return the path from the value, such as {@code .name} or {@code [1].name}, empty for the value itself; null if all text is
     *     well-formed
     */
    public static @Nullable String firstIllFormed(@Nullable Object value) {
        return switch (value) {
            case String text -> is(text) ? null : "";
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    String found = firstIllFormed(list.get(i));
                    if (found != null) {
                        yield "[" + i + "]" + found;
                    }
                }
                yield null;
            }
            case Map<?, ?> object -> {
                for (Map.Entry<?, ?> field : object.entrySet()) {
                    String name = String.valueOf(field.getKey());
                    if (!is(name)) {
                        yield "";
                    }
                    String found = firstIllFormed(field.getValue());
                    if (found != null) {
                        yield "." + name + found;
                    }
                }
                yield null;
            }
            case null, default -> null;
        };
    }

    private static int loneSurrogate(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean pair = Character.isHighSurrogate(unit)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
