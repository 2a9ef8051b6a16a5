/**
 * The resolver cache: turns {@code @cache} in the schema into cached fields, and keeps every copy as fresh as the contract promises. It
 * attaches from outside: without it everything works, only slower.
 *
 * <p>A lookup of an entity: {@code EntityFetcher} wraps the resolver of a cached field and gives it a {@code CachingDataLoader}, which asks
 * {@code EntityCache} first. The keys that are missing go back to {@code EntityCache} in one batch; {@code EntityLoads} reads them, and lets
 * all callers of one key share one load ({@code SingleFlight}). A lookup of a computed value: {@code ComputedFetcher}, {@code ComputedCache}.
 * {@code Freshness} decides what an entry is still good for.
 *
 * <p>A change: {@code LocalStage} applies it to {@code LocalCache}, which is all that this instance remembers. There a vendor write
 * invalidates the search pages around the vendor ({@code ComputedEntries}).
 *
 * <p>The rooms, each of which knows this package and is not known by it: {@code shared}, the second tier in Redis; {@code eviction}, what
 * operators evict; {@code report}, what clients and operators are told; {@code warmup}, what a new instance loads before it is ready.
 */
@NullMarked
package dev.towline.cache;

import org.jspecify.annotations.NullMarked;
