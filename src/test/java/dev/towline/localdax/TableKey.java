package dev.towline.localdax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The primary key of a table.
 *
 * @param range null if the key has a hash attribute only
 */
record TableKey(KeyAttribute hash, @Nullable KeyAttribute range) {

    /** One attribute of a key. */
    record KeyAttribute(String name, ScalarAttributeType type) {}

    /** The names of the attributes, the hash first. */
    List<String> names() {
        return range == null ? List.of(hash.name()) : List.of(hash.name(), range.name());
    }
}
