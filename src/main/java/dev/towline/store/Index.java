package dev.towline.store;

import java.util.function.Function;

/**
 * A global secondary index, for lists only: it is eventually consistent, enforces nothing and holds keys alone.
 *
 * @param name the name of the index, also the name of its partition attribute
 * @param partition the part of the partition key after the tenant, never null: an index key can't be absent
 * @param sort the sort key, unique within the partition; rows are listed in its order
 */
public record Index<T extends Entity>(String name, Function<T, String> partition, Function<T, String> sort) {}
