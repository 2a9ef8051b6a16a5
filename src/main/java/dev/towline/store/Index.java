package dev.towline.store;

import java.util.function.Function;

/**
 * A global secondary index, which only lists may use: it is eventually consistent, enforces no constraint and contains only keys.
 *
 * @param name the name of the index, and of its partition attribute
 * @param partition the part of the partition key after the tenant, never null
 * @param sort the sort key, unique within the partition; it defines the order of lists
 */
public record Index<T extends Entity>(String name, Function<T, String> partition, Function<T, String> sort) {}
