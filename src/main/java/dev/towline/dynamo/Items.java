package dev.towline.dynamo;

import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.Index;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;
import dev.towline.store.Revision;
import dev.towline.store.Table;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The item format of all tables: key, revision, index keys and expiry, and the attributes of the feature's codec.
 */
final class Items {

    static final String VERSION = "version";

    /** The time-to-live attribute, in epoch seconds as DynamoDB requires. */
    static final String EXPIRES_AT = "expiresAt";

    private static final String WRITES = "writes";

    private Items() {}

    static <T extends Entity> Map<String, AttributeValue> item(Table<T> table, T value) {
        EntityKey key = value.key();
        Map<String, AttributeValue> item =
                new LinkedHashMap<>(ItemKey.of(table, key).attributes());
        ItemWriter own = new ItemWriter()
                .integer(VERSION, value.revision().version())
                .strings(WRITES, value.revision().writeIds());
        for (Index<T> index : table.indexes()) {
            own.string(
                    index.name(),
                    ItemKey.partition(key.tenant(), index.partition().apply(value)));
        }
        item.putAll(Attributes.of(own.attributes()));
        for (Index<T> index : table.indexes()) {
            item.computeIfAbsent(
                    index.sortAttribute(),
                    _ -> AttributeValue.fromS(index.sort().apply(value)));
        }
        Function<T, Instant> expiry = table.expiry();
        if (expiry != null) {
            item.put(
                    EXPIRES_AT,
                    AttributeValue.fromN(Long.toString(expiry.apply(value).getEpochSecond())));
        }
        ItemWriter codecs = new ItemWriter();
        table.codec().write(value, codecs);
        Attributes.of(codecs.attributes()).forEach((name, attribute) -> {
            if (item.putIfAbsent(name, attribute) != null) {
                throw new IllegalArgumentException(
                        "table '" + table.name() + "': the attribute name '" + name + "' is reserved for the store");
            }
        });
        return item;
    }

    static <T extends Entity> T entity(Table<T> table, Map<String, AttributeValue> item) {
        ItemKey key = ItemKey.of(item);
        return table.codec()
                .read(new ItemReader(key.tenant(), key.id(), key.sort(), revision(item), Attributes.read(item)));
    }

    static Revision revision(Map<String, AttributeValue> item) {
        return new Revision(
                Integer.parseInt(required(item, VERSION).n()),
                required(item, WRITES).l().stream().map(AttributeValue::s).toList());
    }

    /** The text of a required attribute. */
    static String text(Map<String, AttributeValue> item, String attribute) {
        return required(item, attribute).s();
    }

    static AttributeValue required(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute), attribute);
    }

    /** The revision of an item, null if the item does not exist. */
    static @Nullable Revision revisionOrNull(@Nullable Map<String, AttributeValue> item) {
        return item == null || item.isEmpty() ? null : revision(item);
    }
}
