/**
 * The warm-up of a new instance before it reports ready. {@code UsageCounts} counts the uses of entities, {@code UsageRanking} adds the
 * counts to a ranking in Redis, and {@code WarmUp} loads the first entities of the ranking.
 */
@NullMarked
package dev.towline.cache.warmup;

import org.jspecify.annotations.NullMarked;
