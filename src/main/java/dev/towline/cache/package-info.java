/**
 * The resolver cache. It caches each field that has {@code @cache} in the schema, and keeps the entries as fresh as {@code
 * infra-notes/cache.md} promises. No feature depends on it: the service works without it, but slower.
 *
 * <p>A lookup of an entity: {@code EntityFetcher} wraps the resolver of a cached field and gives it a {@code CachingDataLoader}, which
 * answers the keys that this instance has in memory ({@code EntityCache.lookup}). {@code EntityCache.read} gets the others in one batch, and
 * {@code EntityLoads} loads them. Callers of one key share one load ({@code SingleFlight}). A lookup of a computed value passes {@code
 * ComputedFetcher}, then {@code ComputedCache}. {@code Freshness} decides how an entry may be used.
 *
 * <p>A change passes two stages of this package. {@code shared.SharedStage} comes first. For a write of this instance, {@code
 * RedisSharedTier} updates the entities in Redis. Then {@code LocalStage} updates {@code LocalCache}, the memory of this instance, where {@code
 * ComputedEntries.changed} removes the pages of searches around the vendor.
 *
 * <p>The subpackages depend on this package, not the other way around: {@code shared} is the second tier in Redis, {@code eviction} evicts
 * entries for operators, {@code report} reports lookup results and statistics, and {@code warmup} loads the most used entities before an
 * instance is ready.
 */
@NullMarked
package dev.towline.cache;

import org.jspecify.annotations.NullMarked;
