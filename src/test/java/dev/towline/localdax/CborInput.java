package dev.towline.localdax;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads items of CBOR (RFC 8949) that follow each other. An item is a {@link String}, a {@code byte[]}, a {@link BigDecimal} for any
 * number, a {@link Boolean}, null, a {@link List}, a {@link Map} by the text of its keys, or {@link Tagged}. Blocks as the stream behind
 * it does. Allocates what has arrived and never what a length announces. Not thread-safe.
 *
 * <p>Jackson's parser (3.1.4) takes large numbers as signed, which clients send unsigned as the RFC wants it.
 */
final class CborInput {

    private static final int END = -1;
    private static final int BREAK = 0xff;
    private static final long INDEFINITE = -1;

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;

    private static final int DOUBLE = 27;

    private static final int POSITIVE_NUMBER = 2;
    private static final int NEGATIVE_NUMBER = 3;
    private static final int DECIMAL = 4;

    /** Far more than the 38 digits of DynamoDB, whose own error is the better one; printing an endless number would take for ever. */
    private static final int NUMBER_BYTES = 512;

    private final InputStream in;
    private final WireLimits limits;
    private int first = END;
    private int position;
    private int count;
    private int depth;

    /** @param in buffered: it is read byte by byte */
    CborInput(InputStream in, WireLimits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** An item with one of the tags that DAX defines. */
    record Tagged(int tag, @Nullable Object value) {

        static final int STRINGS = 3321;
        static final int NUMBERS = 3322;
        static final int BINARIES = 3323;
        static final int ELEMENT = 3324;
    }

    /** Starts to count values anew. */
    void startRequest() {
        count = 0;
    }

    /** Moves to the next item. False at the end. */
    boolean advance() {
        first = readOrEnd();
        return first != END;
    }

    /** The item at which it is. */
    @Nullable
    Object value() {
        return value(first);
    }

    /** The next item. */
    @Nullable
    Object next() {
        return value(read());
    }

    /** How many bytes have been read, up to 2 GB. */
    int position() {
        return position;
    }

    private @Nullable Object value(int initial) {
        if (++count > limits.values()) {
            throw new MalformedRequest("more than %d values".formatted(limits.values()));
        }
        if (++depth > limits.depth()) {
            throw new MalformedRequest("deeper than %d".formatted(limits.depth()));
        }
        int info = initial & 0x1f;
        Object value = switch (initial >> 5) {
            case UNSIGNED -> new BigDecimal(unsigned(number(info)));
            case NEGATIVE -> new BigDecimal(unsigned(number(info)).not());
            case BYTES -> bytes(BYTES, length(info));
            case TEXT -> text(bytes(TEXT, length(info)));
            case ARRAY -> list(length(info));
            case MAP -> map(length(info));
            case TAG -> tagged(number(info));
            default -> simple(info);
        };
        depth--;
        return value;
    }

    private List<@Nullable Object> list(long length) {
        List<@Nullable Object> list = new ArrayList<>();
        for (long i = 0; i != length; i++) {
            int initial = read();
            if (length == INDEFINITE && initial == BREAK) {
                break;
            }
            list.add(value(initial));
        }
        return Collections.unmodifiableList(list);
    }

    private Map<String, @Nullable Object> map(long length) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (long i = 0; i != length; i++) {
            int initial = read();
            if (length == INDEFINITE && initial == BREAK) {
                break;
            }
            String key = key(value(initial));
            if (map.containsKey(key)) {
                throw new MalformedRequest("the same key twice");
            }
            map.put(key, next());
        }
        return Collections.unmodifiableMap(map);
    }

    /** Text, or an integer for an option. */
    private static String key(@Nullable Object value) {
        return value instanceof String text ? text : Integer.toString(Arguments.integer(value));
    }

    private Object tagged(long tag) {
        Object value = next();
        if (tag == POSITIVE_NUMBER) {
            return new BigDecimal(large(value));
        }
        if (tag == NEGATIVE_NUMBER) {
            return new BigDecimal(large(value).not());
        }
        if (tag == DECIMAL) {
            return decimal(Arguments.list(value));
        }
        if (tag < Tagged.STRINGS || tag > Tagged.ELEMENT) {
            throw new MalformedRequest("unknown tag %d".formatted(tag));
        }
        return new Tagged((int) tag, value);
    }

    private static BigDecimal decimal(List<@Nullable Object> parts) {
        if (parts.size() != 2) {
            throw new MalformedRequest("a decimal fraction of %d parts".formatted(parts.size()));
        }
        int exponent = Arguments.integer(parts.get(0));
        BigDecimal mantissa = Arguments.number(parts.get(1));
        if (exponent == Integer.MIN_VALUE || mantissa.scale() != 0) {
            throw new MalformedRequest("no decimal fraction");
        }
        return new BigDecimal(mantissa.unscaledValue(), -exponent);
    }

    private static BigInteger large(@Nullable Object value) {
        byte[] bytes = Arguments.bytes(value);
        if (bytes.length > NUMBER_BYTES) {
            throw new MalformedRequest("a number of %d bytes".formatted(bytes.length));
        }
        return new BigInteger(1, bytes);
    }

    private @Nullable Object simple(int info) {
        return switch (info) {
            case 20 -> false;
            case 21 -> true;
            case 22 -> null;
            // the JavaScript client sends a number as one that prints the same
            case DOUBLE -> real(Double.longBitsToDouble(number(info)));
            default -> throw new MalformedRequest("unknown simple value %d".formatted(info));
        };
    }

    private static BigDecimal real(double number) {
        if (!Double.isFinite(number)) {
            throw new MalformedRequest("no finite number");
        }
        return BigDecimal.valueOf(number);
    }

    private byte[] bytes(int kind, long length) {
        if (length != INDEFINITE) {
            return bytes(length);
        }
        var chunks = new ByteArrayOutputStream();
        for (int initial = read(); initial != BREAK; initial = read()) {
            if (initial >> 5 != kind || (initial & 0x1f) == 0x1f) {
                throw new MalformedRequest("a chunk of another kind");
            }
            chunks.writeBytes(bytes(length(initial & 0x1f)));
        }
        return chunks.toByteArray();
    }

    private byte[] bytes(long length) {
        try {
            // in portions, whatever the length says
            byte[] bytes = in.readNBytes((int) Math.min(length, Integer.MAX_VALUE));
            if (bytes.length != length) {
                throw endsTooEarly();
            }
            position += bytes.length;
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedRequest("text that is no UTF-8");
        }
    }

    private long length(int info) {
        if (info == 0x1f) {
            return INDEFINITE;
        }
        long length = number(info);
        if (length < 0) {
            throw new MalformedRequest("a length beyond all limits");
        }
        return length;
    }

    /** An unsigned number of 64 bits. */
    private long number(int info) {
        if (info < 24) {
            return info;
        }
        if (info > 27) {
            throw new MalformedRequest("unknown form of a number");
        }
        long number = 0;
        for (int i = 1 << (info - 24); i > 0; i--) {
            number = number << Byte.SIZE | read();
        }
        return number;
    }

    private static BigInteger unsigned(long number) {
        return number >= 0 ? BigInteger.valueOf(number) : new BigInteger(Long.toUnsignedString(number));
    }

    private int read() {
        int next = readOrEnd();
        if (next == END) {
            throw endsTooEarly();
        }
        return next;
    }

    private int readOrEnd() {
        try {
            int next = in.read();
            position++;
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MalformedRequest endsTooEarly() {
        return new MalformedRequest("ends too early");
    }
}
