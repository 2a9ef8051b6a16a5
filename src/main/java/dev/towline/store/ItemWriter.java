package dev.towline.store;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
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
 * Collects the attributes of one item, or of a map within it. It stores null values too, see {@link ItemCodec}. Not thread-safe.
 */
public final class ItemWriter {

    /** Always with three fraction digits, so that texts sort in the order of time. */
    private static final DateTimeFormatter RFC_3339_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** DynamoDB rejects smaller magnitudes except zero. */
    private static final double SMALLEST_DECIMAL = 1e-130;

    /** DynamoDB rejects this magnitude and greater ones. */
    private static final double DECIMALS_END = 1e126;

    private final Map<String, ItemValue> attributes = new LinkedHashMap<>();

    /** A writer without attributes. */
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
     * A floating point number, stored exactly except that magnitudes below 1e-130 become zero.
     *
     * @throws IllegalArgumentException if its magnitude is not below 1e126, which DynamoDB cannot store
     */
    public ItemWriter decimal(String name, @Nullable Double value) {
        return put(name, value == null ? ItemValue.Null.NULL : new ItemValue.Decimal(number(name, value)));
    }

    /** A time, truncated to milliseconds, as RFC 3339 text in UTC. The texts sort correctly up to the year 9999. */
    public ItemWriter instant(String name, @Nullable Instant value) {
        return put(name, value == null ? ItemValue.Null.NULL : new ItemValue.Text(RFC_3339_MILLIS.format(value)));
    }

    /** Binary data; the array must not change afterwards. */
    public ItemWriter binary(String name, byte[] value) {
        return put(name, new ItemValue.Binary(ByteBuffer.wrap(value)));
    }

    /** A list of texts. */
    public ItemWriter strings(String name, Collection<String> values) {
        return put(
                name,
                new ItemValue.Sequence(
                        values.stream().<ItemValue>map(ItemValue.Text::new).toList()));
    }

    /** An enum constant by its name, which must therefore never change. */
    public <E extends Enum<E>> ItemWriter constant(String name, @Nullable E value) {
        return string(name, value == null ? null : value.name());
    }

    /** A nested map of attributes. */
    public <X> ItemWriter map(String name, @Nullable X value, BiConsumer<X, ItemWriter> fields) {
        return put(name, value == null ? ItemValue.Null.NULL : nested(value, fields));
    }

    /** A list of nested maps of attributes. */
    public <X> ItemWriter list(String name, List<X> values, BiConsumer<X, ItemWriter> fields) {
        return put(
                name,
                new ItemValue.Sequence(
                        values.stream().map(value -> nested(value, fields)).toList()));
    }

    /** The attributes written so far. */
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
            throw new IllegalArgumentException("attribute '" + name + "': DynamoDB cannot store the number " + value);
        }
        return magnitude < SMALLEST_DECIMAL ? "0" : BigDecimal.valueOf(value).toPlainString();
    }
}
