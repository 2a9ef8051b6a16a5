package dev.towline.problem;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of arguments that features share. Each returns the value or throws {@link BadInput} for the argument. */
public final class Require {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    /** The database limits the length of keys. */
    private static final int MAX_ID_CHARACTERS = 256;

    private Require() {}

    /** An id for a lookup: not blank, at most 256 characters. */
    public static String id(String argument, String value) {
        if (value.isBlank()) {
            throw new BadInput(argument, "must not be empty.");
        }
        return atMost(argument, value, MAX_ID_CHARACTERS);
    }

    /** Whether a caller may choose this text as the id of a new entity. */
    public static boolean isNewId(String text) {
        return ID.matcher(text).matches();
    }

    /** An id that a caller chose for a new entity: 1 to 64 ASCII letters, digits and {@code _ . : -}. */
    public static String newId(String argument, String value) {
        if (!isNewId(value)) {
            throw new BadInput(argument, "must have 1 to 64 characters out of A-Z, a-z, 0-9, _ . : and -");
        }
        return value;
    }

    /** A text of 1 to {@code maxCharacters} Unicode characters, which may be blank. */
    public static String anyText(String argument, String value, int maxCharacters) {
        if (value.isEmpty()) {
            throw new BadInput(argument, "must have 1 to " + maxCharacters + " characters.");
        }
        return atMost(argument, value, maxCharacters);
    }

    /** A text of at most {@code maxCharacters} Unicode characters that is not blank. */
    public static String text(String argument, String value, int maxCharacters) {
        if (value.isBlank()) {
            throw new BadInput(argument, "must not be empty.");
        }
        return atMost(argument, value, maxCharacters);
    }

    /** A text of at most {@code maxCharacters} Unicode characters; null for a blank text. */
    public static @Nullable String optionalText(String argument, @Nullable String value, int maxCharacters) {
        return value == null || value.isBlank() ? null : atMost(argument, value, maxCharacters);
    }

    /** A number between {@code min} and {@code max}, both included. */
    public static double within(String argument, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new BadInput(argument, "must be between " + number(min) + " and " + number(max) + ".");
        }
        return value;
    }

    /** A number greater than zero and at most {@code max}. */
    public static double positive(String argument, double value, double max) {
        if (!(value > 0 && value <= max)) {
            throw new BadInput(argument, "must be greater than 0 and at most " + number(max) + ".");
        }
        return value;
    }

    private static String atMost(String argument, String value, int maxCharacters) {
        if (value.codePointCount(0, value.length()) > maxCharacters) {
            throw new BadInput(argument, "must have at most " + maxCharacters + " characters.");
        }
        return value;
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
