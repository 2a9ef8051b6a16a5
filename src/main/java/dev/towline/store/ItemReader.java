package dev.towline.store;

import dev.towline.viewer.Tenant;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one item, or of a map within it, as {@link ItemWriter} wrote them. Methods without {@code optional} in their name
 * throw {@link IllegalStateException} for an absent value. An absent attribute reads as null and an absent list as empty, so that rows from
 * before an attribute was introduced stay readable.
 */
public final class ItemReader {

    private final Row row;
    private final Map<String, ItemValue> attributes;

    private record Row(Tenant tenant, String id, @Nullable String sort, Revision revision) {}

    /**
     * A reader of these attributes.
     *
     * @param sort null in a table without a sort key
     */
    public ItemReader(
            Tenant tenant, String id, @Nullable String sort, Revision revision, Map<String, ItemValue> attributes) {
        this(new Row(tenant, id, sort, revision), attributes);
    }

    private ItemReader(Row row, Map<String, ItemValue> attributes) {
        this.row = row;
        this.attributes = attributes;
    }

    /** The tenant of the row, also within a map. */
    public Tenant tenant() {
        return row.tenant();
    }

    /** The id of the row, also within a map. */
    public String id() {
        return row.id();
    }

    /** The sort key of the row, null in a table without one; also within a map. */
    public @Nullable String sort() {
        return row.sort();
    }

    /** The revision of the row, also within a map. */
    public Revision revision() {
        return row.revision();
    }

    /** Text. */
    public String string(String name) {
        return required(name, optionalString(name));
    }

    /** Text or null. */
    public @Nullable String optionalString(String name) {
        ItemValue.Text text = find(name, ItemValue.Text.class);
        return text == null ? null : text.value();
    }

    /** A whole number. */
    public int integer(String name) {
        return required(name, optionalInteger(name));
    }

    /** A whole number or null. */
    public @Nullable Integer optionalInteger(String name) {
        ItemValue.Decimal number = find(name, ItemValue.Decimal.class);
        return number == null ? null : Integer.valueOf(number.digits());
    }

    /** A floating point number. */
    public double decimal(String name) {
        return required(name, optionalDecimal(name));
    }

    /** A floating point number or null. */
    public @Nullable Double optionalDecimal(String name) {
        ItemValue.Decimal number = find(name, ItemValue.Decimal.class);
        return number == null ? null : Double.valueOf(number.digits());
    }

    /** A time with millisecond precision. */
    public Instant instant(String name) {
        return required(name, optionalInstant(name));
    }

    /** A time with millisecond precision, or null. */
    public @Nullable Instant optionalInstant(String name) {
        String text = optionalString(name);
        return text == null ? null : Instant.parse(text);
    }

    /** Binary data, read-only. */
    public ByteBuffer binary(String name) {
        return required(name, find(name, ItemValue.Binary.class)).value();
    }

    /** A list of texts. */
    public List<String> strings(String name) {
        return sequence(name).stream()
                .map(value -> as(name, value, ItemValue.Text.class).value())
                .toList();
    }

    /** An enum constant. */
    public <E extends Enum<E>> E constant(String name, Class<E> type) {
        return required(name, optionalConstant(name, type));
    }

    /** An enum constant or null. */
    public <E extends Enum<E>> @Nullable E optionalConstant(String name, Class<E> type) {
        String text = optionalString(name);
        return text == null ? null : Enum.valueOf(type, text);
    }

    /** A nested map of attributes. */
    public <X> X map(String name, Function<ItemReader, X> fields) {
        return required(name, optionalMap(name, fields));
    }

    /** A nested map of attributes, or null. */
    public <X> @Nullable X optionalMap(String name, Function<ItemReader, X> fields) {
        ItemValue.Part part = find(name, ItemValue.Part.class);
        return part == null ? null : fields.apply(nested(part));
    }

    /** A list of nested maps of attributes. */
    public <X> List<X> list(String name, Function<ItemReader, X> fields) {
        return sequence(name).stream()
                .map(value -> fields.apply(nested(as(name, value, ItemValue.Part.class))))
                .toList();
    }

    private ItemReader nested(ItemValue.Part part) {
        return new ItemReader(row, part.attributes());
    }

    private List<ItemValue> sequence(String name) {
        ItemValue.Sequence sequence = find(name, ItemValue.Sequence.class);
        return sequence == null ? List.of() : sequence.values();
    }

    private <V extends ItemValue> @Nullable V find(String name, Class<V> type) {
        ItemValue value = attributes.get(name);
        return value == null || value instanceof ItemValue.Null ? null : as(name, value, type);
    }

    private <V extends ItemValue> V as(String name, ItemValue value, Class<V> type) {
        return required(name, type.isInstance(value) ? type.cast(value) : null);
    }

    private <X> X required(String name, @Nullable X value) {
        if (value == null) {
            throw new IllegalStateException(
                    "the row of " + row.tenant() + "#" + row.id() + " has no valid attribute '" + name + "'");
        }
        return value;
    }
}
