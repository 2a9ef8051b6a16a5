/**
 * Evictions by operators. {@code Evictions} evicts entries on this instance and, by messages, on the others. {@code CachedFields} determines
 * the entries for the input of an operator.
 */
@NullMarked
package dev.towline.cache.eviction;

import org.jspecify.annotations.NullMarked;
