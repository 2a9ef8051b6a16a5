package dev.towline.dynamo;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Collects the attributes of one item, or of a map within it. A null becomes DynamoDB's NULL, so that an item has the same
 * attributes whatever its values. Not thread-safe.
 */
public final class ItemWriter {

    static final AttributeValue NULL = AttributeValue.fromNul(true);

    /** Always three digits of a second, so that text sorts as time does. */
    private static final DateTimeFormatter RFC_3339_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** Smaller ones DynamoDB refuses. */
    private static final double SMALLEST_DECIMAL = 1e-130;

    private static final double DECIMALS_END = 1e126;

    private final Map<String, AttributeValue> attributes = new LinkedHashMap<>();

    ItemWriter() {}

    /** Text, may be empty. */
    public ItemWriter string(String name, @Nullable String value) {
        return put(name, value == null ? NULL : AttributeValue.fromS(value));
    }

    /** A whole number. */
    public ItemWriter integer(String name, @Nullable Integer value) {
        return put(name, value == null ? NULL : AttributeValue.fromN(Integer.toString(value)));
    }

    /**
     * A floating point number, read again exactly; what is closer to zero than 1e-130 becomes zero.
     *
     * @throws IllegalArgumentException if it is not finite or 1e126 or beyond: DynamoDB can't hold it
     */
    public ItemWriter decimal(String name, @Nullable Double value) {
        return put(name, value == null ? NULL : AttributeValue.fromN(number(name, value)));
    }

    /** A time, cut to milliseconds, as RFC 3339 text in UTC; later than the year 9999 it no longer sorts. */
    public ItemWriter instant(String name, @Nullable Instant value) {
        return put(name, value == null ? NULL : AttributeValue.fromS(RFC_3339_MILLIS.format(value)));
    }

    /** Texts in their order. */
    public ItemWriter strings(String name, Collection<String> values) {
        return put(
                name,
                AttributeValue.fromL(values.stream().map(AttributeValue::fromS).toList()));
    }

    /** A constant by its name, which therefore must not change. */
    public <E extends Enum<E>> ItemWriter constant(String name, @Nullable E value) {
        return string(name, value == null ? null : value.name());
    }

    /** A part with attributes of its own. */
    public <X> ItemWriter map(String name, @Nullable X value, BiConsumer<X, ItemWriter> fields) {
        return put(name, value == null ? NULL : nested(value, fields));
    }

    /** Parts with attributes of their own, in their order. */
    public <X> ItemWriter list(String name, List<X> values, BiConsumer<X, ItemWriter> fields) {
        return put(
                name,
                AttributeValue.fromL(
                        values.stream().map(value -> nested(value, fields)).toList()));
    }

    Map<String, AttributeValue> attributes() {
        return attributes;
    }

    private ItemWriter put(String name, AttributeValue value) {
        if (attributes.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("attribute '" + name + "' is written twice");
        }
        return this;
    }

    private static <X> AttributeValue nested(X value, BiConsumer<X, ItemWriter> fields) {
        ItemWriter writer = new ItemWriter();
        fields.accept(value, writer);
        return AttributeValue.fromM(writer.attributes);
    }

    private static String number(String name, double value) {
        double magnitude = Math.abs(value);
        if (!(magnitude < DECIMALS_END)) {
            throw new IllegalArgumentException("attribute '" + name + "': DynamoDB can't hold the number " + value);
        }
        return magnitude < SMALLEST_DECIMAL ? "0" : BigDecimal.valueOf(value).toPlainString();
    }
}
