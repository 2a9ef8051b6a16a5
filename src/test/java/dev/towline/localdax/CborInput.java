package dev.towline.localdax;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.cbor.CBORParser;

/**
 * Reads items of CBOR that follow each other. An item is a {@link String}, a {@code byte[]}, a {@link BigDecimal} for any number, a
 * {@link Boolean}, null, a {@link List}, a {@link Map} by the text of its keys, or {@link Tagged}. Blocks as the stream behind it does.
 * Allocates what has arrived and never what a length announces. Not thread-safe.
 */
final class CborInput {

    private static final int NO_TAG = -1;

    /** Far more than the 38 digits of DynamoDB, whose own error is the better one; printing an endless number would take for ever. */
    private static final int NUMBER_BITS = 4096;

    private final CBORParser parser;
    private final int most;
    private int count;

    /** @param most how many values an item may consist of */
    CborInput(CBORParser parser, int most) {
        this.parser = parser;
        this.most = most;
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
        return parser.nextToken() != null;
    }

    /** The item at which it is. */
    @Nullable Object value() {
        return value(parser.currentToken());
    }

    /** The next item. */
    @Nullable Object next() {
        return value(parser.nextToken());
    }

    /** How many bytes have been read. */
    int position() {
        return Math.toIntExact(parser.currentLocation().getByteOffset());
    }

    private @Nullable Object value(@Nullable JsonToken token) {
        if (token == null) {
            throw new MalformedRequest("ends too early");
        }
        if (++count > most) {
            throw new MalformedRequest("more than %d values".formatted(most));
        }
        int tag = tag();
        Object value =
                switch (token) {
                    case START_ARRAY -> list();
                    case START_OBJECT -> map();
                    case VALUE_STRING -> parser.getString();
                    case VALUE_NUMBER_INT -> integer();
                    case VALUE_NUMBER_FLOAT -> decimal();
                    case VALUE_EMBEDDED_OBJECT -> bytes();
                    case VALUE_TRUE -> true;
                    case VALUE_FALSE -> false;
                    case VALUE_NULL -> null;
                    default -> throw new MalformedRequest("unexpected " + token);
                };
        return tag == NO_TAG ? value : new Tagged(tag, value);
    }

    private int tag() {
        CBORParser.TagList tags = parser.getCurrentTags();
        if (tags == null || tags.isEmpty()) {
            return NO_TAG;
        }
        int tag = parser.getCurrentTag();
        if (tags.size() > 1 || tag < Tagged.STRINGS || tag > Tagged.ELEMENT) {
            throw new MalformedRequest("unknown tag %d".formatted(tag));
        }
        return tag;
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(token));
        }
        return Collections.unmodifiableList(list);
    }

    private Map<String, @Nullable Object> map() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (map.containsKey(name)) {
                throw new MalformedRequest("the same key twice");
            }
            map.put(name, next());
        }
        return Collections.unmodifiableMap(map);
    }

    private byte[] bytes() {
        if (parser.getEmbeddedObject() instanceof byte[] bytes) {
            return bytes;
        }
        throw new MalformedRequest("unknown simple value");
    }

    private BigDecimal integer() {
        if (parser.getNumberType() != NumberType.BIG_INTEGER) {
            return BigDecimal.valueOf(parser.getLongValue());
        }
        return new BigDecimal(within(parser.getBigIntegerValue()));
    }

    private BigDecimal decimal() {
        if (parser.getNumberType() != NumberType.BIG_DECIMAL) {
            throw new MalformedRequest("a number that is not decimal");
        }
        BigDecimal number = parser.getDecimalValue();
        BigInteger _ = within(number.unscaledValue());
        return number;
    }

    private static BigInteger within(BigInteger number) {
        if (number.bitLength() > NUMBER_BITS) {
            throw new MalformedRequest("a number of %d bits".formatted(number.bitLength()));
        }
        return number;
    }
}
