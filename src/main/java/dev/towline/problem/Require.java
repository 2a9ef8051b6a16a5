package dev.towline.problem;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of arguments that many features make. Each throws {@link BadInput} naming the argument, or returns the value. */
public final class Require {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    /** Storage can't look for a key of any length. */
    private static final int MAX_ID_CHARACTERS = 256;

    private Require() {}

    /** An id to look something up by: not blank, and no longer than any that was ever given. */
    public static String id(String argument, String value) {
        if (value.isBlank()) {
            throw new BadInput(argument, "An id is not empty.");
        }
        return atMost(argument, value, MAX_ID_CHARACTERS);
    }

    /** Whether a text is an id that a caller may choose for something new. */
    public static boolean isNewId(String text) {
        return ID.matcher(text).matches();
    }

    /** An id that a caller chose for something new: 1 to 64 of letters, digits and {@code _ . : -}. */
    public static String newId(String argument, String value) {
        if (!isNewId(value)) {
            throw new BadInput(argument, "An id is 1 to 64 of letters, digits and _ . : -");
        }
        return value;
    }

    /** Any text of 1 to so many characters. */
    public static String anyText(String argument, String value, int maxCharacters) {
        if (value.isEmpty()) {
            throw new BadInput(argument, "It has 1 to " + maxCharacters + " characters.");
        }
        return atMost(argument, value, maxCharacters);
    }

    /** A text of 1 to so many characters that is not blank. */
    public static String text(String argument, String value, int maxCharacters) {
        if (value.isBlank()) {
            throw new BadInput(argument, "It is not empty.");
        }
        return atMost(argument, value, maxCharacters);
    }

    /** A text of at most so many characters, or none: a blank one counts as none. */
    public static @Nullable String optionalText(String argument, @Nullable String value, int maxCharacters) {
        return value == null || value.isBlank() ? null : atMost(argument, value, maxCharacters);
    }

    /** A number within these bounds, both included. */
    public static double within(String argument, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new BadInput(argument, "It is " + number(min) + " to " + number(max) + ".");
        }
        return value;
    }

    /** A number greater than zero and at most so much. */
    public static double positive(String argument, double value, double max) {
        if (!(value > 0 && value <= max)) {
            throw new BadInput(argument, "It is more than 0 and at most " + number(max) + ".");
        }
        return value;
    }

    private static String atMost(String argument, String value, int maxCharacters) {
        if (value.codePointCount(0, value.length()) > maxCharacters) {
            throw new BadInput(argument, "It has at most " + maxCharacters + " characters.");
        }
        return value;
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
