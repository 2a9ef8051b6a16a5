package dev.towline.store;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table of a feature, declared as a bean. The store creates or verifies it at start.
 *
 * @param name the name without the configured prefix, at least three characters
 * @param entity the kind of entity, as used in {@link EntityRef}
 * @param sorted whether rows have a sort key, so that an id has a list of rows
 * @param codec the storage format
 * @param indexes the global secondary indexes
 * @param expiry the time after which DynamoDB may delete a row, null for tables without expiry
 */
public record Table<T extends Entity>(
        String name,
        String entity,
        boolean sorted,
        ItemCodec<T> codec,
        List<Index<T>> indexes,
        @Nullable Function<T, Instant> expiry) {

    public Table {
        indexes = List.copyOf(indexes);
    }
}
