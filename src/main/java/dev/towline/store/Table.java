package dev.towline.store;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table of one feature: what is stored in it and how. Bean of the feature; the store creates or verifies it at start.
 *
 * @param name the name without the prefix of the settings, at least three characters
 * @param entity the kind of entity, as {@link Changed} and cache references call it
 * @param sorted whether rows have a sort key: a list under each id
 * @param codec how a value becomes an item and back
 * @param indexes for lists
 * @param expiry when DynamoDB may delete the row, null for tables that keep everything
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
