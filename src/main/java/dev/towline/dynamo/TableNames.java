package dev.towline.dynamo;

import dev.towline.store.Table;
import dev.towline.store.Write;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * What tables are called.
 *
 * @param prefix comes before every name in DynamoDB
 */
record TableNames(String prefix) {

    /** The name in DynamoDB. */
    String of(Table<?> table) {
        return prefix + table.name();
    }

    /** The tables of a transaction as one tag, in a fixed order. */
    static String tag(Collection<Write<?>> writes) {
        return writes.stream()
                .map(write -> write.table().name())
                .distinct()
                .sorted()
                .collect(Collectors.joining("+"));
    }
}
