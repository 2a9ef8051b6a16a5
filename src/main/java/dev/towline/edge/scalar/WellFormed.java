package dev.towline.edge.scalar;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text that is Unicode: no surrogate without its other half. JSON can spell such a thing, as {@code "\ud800"}, but it has no form in
 * UTF-8, and strict readers refuse a whole answer that has one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-8.2">RFC 8259, 8.2</a>
 */
public final class WellFormed {

    /** The predicate of a message about other text. */
    public static final String EXPECTED = "must be Unicode text without lone surrogates.";

    private static final char REPLACEMENT = '\uFFFD';

    private WellFormed() {}

    public static boolean is(String text) {
        return loneSurrogate(text, 0) < 0;
    }

    /** The same text, with U+FFFD for each lone surrogate. */
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
     * Where in a value the first text is that is not well-formed; of an object with such a key, where the object is.
     *
     * @param value what JSON can be, as maps and lists
     * @return the path from the value, such as {@code .name} or {@code [1].name}, empty for the value itself; null if all is well-formed
     */
    public static @Nullable String firstOther(@Nullable Object value) {
        return switch (value) {
            case String text -> is(text) ? null : "";
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    String found = firstOther(list.get(i));
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
                    String found = firstOther(field.getValue());
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
