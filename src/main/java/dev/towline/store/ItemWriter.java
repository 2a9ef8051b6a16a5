package dev.towline.store;

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

/**
 * Collects the attributes of one item, or of a map within it. A null becomes a value of its own, so that an item has the same
 * attributes whatever its values. Not thread-safe.
 */
public final class ItemWriter {

    /** Always three digits of a second, so that text sorts as time does. */
    private static final DateTimeFormatter RFC_3339_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** Smaller ones DynamoDB refuses. */
    private static final double SMALLEST_DECIMAL = 1e-130;

    private static final double DECIMALS_END = 1e126;

    private final Map<String, ItemValue> attributes = new LinkedHashMap<>();

    /** Begins with no attributes. */
    public ItemWriter() {}

    /** Text, may be empty. */
    public ItemWriter string(String name, @Nullable String value) {
        return put(name, value == null ? ItemValue.Null.NULL : new ItemValue.Text(value));
    }

    /** A whole number. */
    public ItemWriter integer(String name, @Nullable Integer value) {
        return put(name, value == null ? ItemValue.Null.NULL : new ItemValue.Decimal(Integer.toString(value)));
    }

    /**
     * A floating point number, read again exactly; what is closer to zero than 1e-130 becomes zero.
     *
     * @throws IllegalArgumentException if it is not finite or 1e126 or beyond: DynamoDB can't hold it
     */
    public ItemWriter decimal(String name, @Nullable Double value) {
        return put(name, value == null ? ItemValue.Null.NULL : new ItemValue.Decimal(number(name, value)));
    }

    /** A time, cut to milliseconds, as RFC 3339 text in UTC; later than the year 9999 it no longer sorts. */
    public ItemWriter instant(String name, @Nullable Instant value) {
        return put(name, value == null ? ItemValue.Null.NULL : new ItemValue.Text(RFC_3339_MILLIS.format(value)));
    }

    /** Texts in their order. */
    public ItemWriter strings(String name, Collection<String> values) {
        return put(
                name,
                new ItemValue.Sequence(
                        values.stream().<ItemValue>map(ItemValue.Text::new).toList()));
    }

    /** A constant by its name, which therefore must not change. */
    public <E extends Enum<E>> ItemWriter constant(String name, @Nullable E value) {
        return string(name, value == null ? null : value.name());
    }

    /** A part with attributes of its own. */
    public <X> ItemWriter map(String name, @Nullable X value, BiConsumer<X, ItemWriter> fields) {
        return put(name, value == null ? ItemValue.Null.NULL : nested(value, fields));
    }

    /** Parts with attributes of their own, in their order. */
    public <X> ItemWriter list(String name, List<X> values, BiConsumer<X, ItemWriter> fields) {
        return put(
                name,
                new ItemValue.Sequence(
                        values.stream().map(value -> nested(value, fields)).toList()));
    }

    /** What was written so far. */
    public Map<String, ItemValue> attributes() {
        return attributes;
    }

    private ItemWriter put(String name, ItemValue value) {
        if (attributes.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("attribute '" + name + "' is written twice");
        }
        return this;
    }

    private static <X> ItemValue nested(X value, BiConsumer<X, ItemWriter> fields) {
        ItemWriter writer = new ItemWriter();
        fields.accept(value, writer);
        return new ItemValue.Part(writer.attributes);
    }

    private static String number(String name, double value) {
        double magnitude = Math.abs(value);
        if (!(magnitude < DECIMALS_END)) {
            throw new IllegalArgumentException("attribute '" + name + "': DynamoDB can't hold the number " + value);
        }
        return magnitude < SMALLEST_DECIMAL ? "0" : BigDecimal.valueOf(value).toPlainString();
    }
}
