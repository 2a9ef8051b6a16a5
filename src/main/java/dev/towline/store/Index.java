package dev.towline.store;

import java.util.function.Function;

/**
 * A global secondary index, which only lists may use: it is eventually consistent, enforces no constraint and contains only keys.
 *
 * @param name the name of the index, and of its partition attribute
 * @param partition the part of the partition key after the tenant, never null
 * @param sort the sort key, unique within the partition; it defines the order of lists
 * @param sortAttribute the attribute with the sort key; indexes with the same sort key can share one, which makes items smaller
 */
public record Index<T extends Entity>(
        String name, Function<T, String> partition, Function<T, String> sort, String sortAttribute) {

    /** An index with a sort attribute of its own. */
    public Index(String name, Function<T, String> partition, Function<T, String> sort) {
        this(name, partition, sort, name + "Sort");
    }
}
