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
        if (item instanceof String text) {
            return text;
        }
        throw expected("text", item);
    }

    static byte[] bytes(@Nullable Object item) {
        if (item instanceof byte[] bytes) {
            return bytes;
        }
        throw expected("bytes", item);
    }

    /** Bytes that are text. */
    static String name(@Nullable Object item) {
        return new String(bytes(item), StandardCharsets.UTF_8);
    }

    static BigDecimal number(@Nullable Object item) {
        if (item instanceof BigDecimal number) {
            return number;
        }
        throw expected("a number", item);
    }

    static int integer(@Nullable Object item) {
        long number = longInteger(item);
        if (number != (int) number) {
            throw expected("an integer", item);
        }
        return (int) number;
    }

    static long longInteger(@Nullable Object item) {
        BigDecimal number = number(item);
        // longValueExact of a number with a large exponent would compute it
        if (number.scale() != 0 || number.precision() > 19) {
            throw expected("an integer", item);
        }
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw expected("an integer", item);
        }
    }

    /** Clients send truth as itself or as 0 and 1. */
    static boolean bool(@Nullable Object item) {
        return item instanceof Boolean bool ? bool : integer(item) != 0;
    }

    @SuppressWarnings("unchecked") // as CborInput makes them
    static List<@Nullable Object> list(@Nullable Object item) {
        if (item instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw expected("an array", item);
    }

    @SuppressWarnings("unchecked") // as CborInput makes them
    static Map<String, @Nullable Object> map(@Nullable Object item) {
        if (item instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw expected("a map", item);
    }

    /** An array with or without a tag. */
    static List<@Nullable Object> untagged(@Nullable Object item) {
        return list(item instanceof Tagged tagged ? tagged.value() : item);
    }

    private static MalformedRequest expected(String what, @Nullable Object item) {
        return new MalformedRequest("%s is expected, not %s"
                .formatted(what, item == null ? null : item.getClass().getSimpleName()));
    }
}
