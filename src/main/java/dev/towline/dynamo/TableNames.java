package dev.towline.dynamo;

import dev.towline.store.Table;
import dev.towline.store.Write;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The names of tables.
 *
 * @param prefix the prefix of every name in DynamoDB
 */
record TableNames(String prefix) {

    /** The name in DynamoDB. */
    String of(Table<?> table) {
        return prefix + table.name();
    }

    /** The tables of a transaction as the value of a tag, sorted by name. */
    static String tag(Collection<Write<?>> writes) {
        return writes.stream()
                .map(write -> write.table().name())
                .distinct()
                .sorted()
                .collect(Collectors.joining("+"));
    }
}
