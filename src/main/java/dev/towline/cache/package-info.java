/**
 * The resolver cache: turns {@code @cache} in the schema into cached fields and keeps every copy as fresh as the contract promises. It
 * attaches from outside; without it everything works, only slower.
 *
 * <p>The way of a lookup: {@code EntityFetcher} stands in front of the resolver of a cached field and hands it DataLoaders that look
 * into {@code EntityEntries} first ({@code CachingDataLoader}); what is not there comes through {@code CachedReads}, one load for all who wait
 * ({@code Flights}). {@code Freshness} decides what an entry is still good for, {@code Coherence} replaces what has changed.
 * {@code SharedTier} is what instances share in Redis, {@code Provenance} what whoever keeps whole answers needs to know of one.
 * {@code Evictions} forgets what an operator says. {@code UsageCounts} counts what is asked for, and {@code WarmUp} begins with it.
 */
@NullMarked
package dev.towline.cache;

import org.jspecify.annotations.NullMarked;
