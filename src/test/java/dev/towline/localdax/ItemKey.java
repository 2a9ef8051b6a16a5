package dev.towline.localdax;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Names one item. Its numbers are canonical, so that 1 and 1.0 are one key, as they are in DynamoDB. */
record ItemKey(String table, AttributeValue hash, @Nullable AttributeValue range) {

    /**
     * The key within an item or a bare key.
     *
     * @return null if it is not there completely, which DynamoDB refuses
     */
    static @Nullable ItemKey of(String table, TableKey key, Map<String, AttributeValue> attributes) {
        AttributeValue hash = attributes.get(key.hash().name());
        if (key.range() == null) {
            return hash == null ? null : new ItemKey(table, CanonicalValues.of(hash), null);
        }
        AttributeValue range = attributes.get(key.range().name());
        return hash == null || range == null
                ? null
                : new ItemKey(table, CanonicalValues.of(hash), CanonicalValues.of(range));
    }
}
