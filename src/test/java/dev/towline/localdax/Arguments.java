package dev.towline.localdax;

import dev.towline.localdax.CborInput.Tagged;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Items of CBOR as what they have to be. Each method throws {@link MalformedRequest} for anything else. */
final class Arguments {

    private Arguments() {}

    static String text(@Nullable Object item) {
        return item instanceof String text ? text : fail("text", item);
    }

    static byte[] bytes(@Nullable Object item) {
        return item instanceof byte[] bytes ? bytes : fail("bytes", item);
    }

    /** Bytes that are text. */
    static String name(@Nullable Object item) {
        return new String(bytes(item), StandardCharsets.UTF_8);
    }

    static BigDecimal number(@Nullable Object item) {
        return item instanceof BigDecimal number ? number : fail("a number", item);
    }

    static int integer(@Nullable Object item) {
        long number = longInteger(item);
        return number == (int) number ? (int) number : fail("an integer", item);
    }

    static long longInteger(@Nullable Object item) {
        BigDecimal number = number(item);
        // longValueExact of a number with a large exponent would compute it
        if (number.scale() != 0 || number.precision() > 19) {
            return fail("an integer", item);
        }
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            return fail("an integer", item);
        }
    }

    /** Clients send truth as itself or as 0 and 1. */
    static boolean bool(@Nullable Object item) {
        return item instanceof Boolean bool ? bool : integer(item) != 0;
    }

    @SuppressWarnings("unchecked") // as CborInput makes them
    static List<@Nullable Object> list(@Nullable Object item) {
        return item instanceof List<?> list ? (List<@Nullable Object>) list : fail("an array", item);
    }

    @SuppressWarnings("unchecked") // as CborInput makes them
    static Map<String, @Nullable Object> map(@Nullable Object item) {
        return item instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : fail("a map", item);
    }

    /** An array with or without a tag. */
    static List<@Nullable Object> untagged(@Nullable Object item) {
        return list(item instanceof Tagged tagged ? tagged.value() : item);
    }

    private static <T> T fail(String expected, @Nullable Object item) {
        throw new MalformedRequest("%s is expected, not %s"
                .formatted(expected, item == null ? null : item.getClass().getSimpleName()));
    }
}
