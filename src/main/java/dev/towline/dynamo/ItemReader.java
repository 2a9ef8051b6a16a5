package dev.towline.dynamo;

import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The attributes of one item, or of a map within it, as {@link ItemWriter} wrote them. What is asked for without {@code optional}
 * must be there, else it throws {@link IllegalStateException}; an absent attribute and a null are the same, and an absent list is
 * empty, so that rows from before an attribute existed can still be read.
 */
public final class ItemReader {

    private final Row row;
    private final Map<String, AttributeValue> attributes;

    private record Row(Tenant tenant, String id, @Nullable String sort, Revision revision) {}

    ItemReader(
            Tenant tenant,
            String id,
            @Nullable String sort,
            Revision revision,
            Map<String, AttributeValue> attributes) {
        this(new Row(tenant, id, sort, revision), attributes);
    }

    private ItemReader(Row row, Map<String, AttributeValue> attributes) {
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
        AttributeValue value = find(name);
        return value == null ? null : required(name, value.s());
    }

    /** A whole number. */
    public int integer(String name) {
        return required(name, optionalInteger(name));
    }

    /** A whole number or null. */
    public @Nullable Integer optionalInteger(String name) {
        AttributeValue value = find(name);
        return value == null ? null : Integer.valueOf(required(name, value.n()));
    }

    /** A floating point number. */
    public double decimal(String name) {
        return required(name, optionalDecimal(name));
    }

    /** A floating point number or null. */
    public @Nullable Double optionalDecimal(String name) {
        AttributeValue value = find(name);
        return value == null ? null : Double.valueOf(required(name, value.n()));
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
        AttributeValue value = find(name);
        return value == null
                ? List.of()
                : value.l().stream().map(AttributeValue::s).toList();
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
        AttributeValue value = find(name);
        return value == null ? null : fields.apply(nested(value));
    }

    /** Parts with attributes of their own, in their order. */
    public <X> List<X> list(String name, Function<ItemReader, X> fields) {
        AttributeValue value = find(name);
        return value == null
                ? List.of()
                : value.l().stream().map(part -> fields.apply(nested(part))).toList();
    }

    private ItemReader nested(AttributeValue value) {
        return new ItemReader(row, value.m());
    }

    private @Nullable AttributeValue find(String name) {
        AttributeValue value = attributes.get(name);
        return value == null || value.type() == AttributeValue.Type.NUL ? null : value;
    }

    private <X> X required(String name, @Nullable X value) {
        if (value == null) {
            throw new IllegalStateException(
                    "the row of " + row.tenant() + "#" + row.id() + " has no such attribute '" + name + "'");
        }
        return value;
    }
}
