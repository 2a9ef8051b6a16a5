package dev.towline.dynamo;

import dev.towline.store.EntityKey;
import dev.towline.store.Table;
import dev.towline.viewer.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The primary key of an item.
 *
 * @param partition {@code tenant#id}; the first '#' is the separator, because the name of a tenant contains none
 * @param sort the sort key, null in a table without one
 */
record ItemKey(String partition, @Nullable String sort) {

    static final String PARTITION = "pk";
    static final String SORT = "sk";

    private static final char DIVIDER = '#';
    private static final int LONGEST_PARTITION_BYTES = 2048;
    private static final int LONGEST_SORT_BYTES = 1024;

    static ItemKey of(Table<?> table, EntityKey key) {
        String sort = key.sort();
        if (table.sorted() != (sort != null)) {
            throw new IllegalArgumentException(
                    "table '" + table.name() + "' has " + (table.sorted() ? "a" : "no") + " sort key, unlike " + key);
        }
        return new ItemKey(partition(key.tenant(), key.id()), sort);
    }

    /** A key that no item can have, because no tenant has an empty name. */
    static ItemKey absent(Table<?> table) {
        return new ItemKey("#", table.sorted() ? "#" : null);
    }

    static ItemKey of(Map<String, AttributeValue> item) {
        AttributeValue sort = item.get(SORT);
        return new ItemKey(Items.text(item, PARTITION), sort == null ? null : sort.s());
    }

    /** The partition key of a table or of an index: the tenant and an id. */
    static String partition(Tenant tenant, String id) {
        return tenant.name() + DIVIDER + id;
    }

    /**
     * Whether DynamoDB accepts this key. Ids come from clients, and an invalid one must count as absent instead of failing its batch.
     */
    boolean canExist() {
        return bytes(partition) <= LONGEST_PARTITION_BYTES
                && (sort == null || (!sort.isEmpty() && bytes(sort) <= LONGEST_SORT_BYTES));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    Tenant tenant() {
        return new Tenant(partition.substring(0, partition.indexOf(DIVIDER)));
    }

    String id() {
        return partition.substring(partition.indexOf(DIVIDER) + 1);
    }

    Map<String, AttributeValue> attributes() {
        AttributeValue partitionValue = AttributeValue.fromS(partition);
        return sort == null
                ? Map.of(PARTITION, partitionValue)
                : Map.of(PARTITION, partitionValue, SORT, AttributeValue.fromS(sort));
    }
}
