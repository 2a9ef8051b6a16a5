package dev.towline.store;

import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one item, or of a map within it, as {@link ItemWriter} wrote them. What is asked for without {@code optional}
 * must be there, else it throws {@link IllegalStateException}; an absent attribute and a null are the same, and an absent list is
 * empty, so that rows from before an attribute existed can still be read.
 */
public final class ItemReader {

    private final Row row;
    private final Map<String, ItemValue> attributes;

    private record Row(Tenant tenant, String id, @Nullable String sort, Revision revision) {}

    /**
     * Reads from these attributes.
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

    /** A time, in milliseconds. */
    public Instant instant(String name) {
        return required(name, optionalInstant(name));
    }

    /** A time, in milliseconds, or null. */
    public @Nullable Instant optionalInstant(String name) {
        String text = optionalString(name);
        return text == null ? null : Instant.parse(text);
    }

    /** Texts in their order. */
    public List<String> strings(String name) {
        return sequence(name).stream()
                .map(value -> as(name, value, ItemValue.Text.class).value())
                .toList();
    }

    /** A constant. */
    public <E extends Enum<E>> E constant(String name, Class<E> type) {
        return required(name, optionalConstant(name, type));
    }

    /** A constant or null. */
    public <E extends Enum<E>> @Nullable E optionalConstant(String name, Class<E> type) {
        String text = optionalString(name);
        return text == null ? null : Enum.valueOf(type, text);
    }

    /** A part with attributes of its own. */
    public <X> X map(String name, Function<ItemReader, X> fields) {
        return required(name, optionalMap(name, fields));
    }

    /** A part with attributes of its own, or null. */
    public <X> @Nullable X optionalMap(String name, Function<ItemReader, X> fields) {
        ItemValue.Part part = find(name, ItemValue.Part.class);
        return part == null ? null : fields.apply(nested(part));
    }

    /** Parts with attributes of their own, in their order. */
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
                    "the row of " + row.tenant() + "#" + row.id() + " has no such attribute '" + name + "'");
        }
        return value;
    }
}
