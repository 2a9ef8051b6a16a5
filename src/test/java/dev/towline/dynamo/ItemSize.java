package dev.towline.dynamo;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What DynamoDB charges for an item.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">Item sizes and formats</a>
 */
public final class ItemSize {

    private static final int ONE_WRITE_UNIT_BYTES = 1024;
    private static final int LIST_OR_MAP_BYTES = 3;

    private ItemSize() {}

    /** Names and values. */
    public static int bytes(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToInt(attribute -> utf8(attribute.getKey()) + bytes(attribute.getValue()))
                .sum();
    }

    /** The units of a single write; a transaction takes twice as many. */
    public static int writeUnits(int bytes) {
        return Math.ceilDiv(bytes, ONE_WRITE_UNIT_BYTES);
    }

    private static int bytes(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> number(value.n());
            case B -> value.b().asByteBuffer().remaining();
            case L ->
                LIST_OR_MAP_BYTES
                        + value.l().stream().mapToInt(each -> 1 + bytes(each)).sum();
            case M -> LIST_OR_MAP_BYTES + value.m().size() + bytes(value.m());
            case NUL, BOOL -> 1;
            default -> throw new IllegalArgumentException("no item has a " + value.type());
        };
    }

    /** A byte for two significant digits, and another one; a sign takes one more. */
    private static int number(String digits) {
        BigDecimal number = new BigDecimal(digits).stripTrailingZeros();
        return Math.ceilDiv(number.precision(), 2) + 1 + (number.signum() < 0 ? 1 : 0);
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
