/**
 * What a new instance loads before it is ready: {@code UsageCounts} counts which entities are used, {@code UsageRanking} adds the counts to
 * a ranking in Redis, and {@code WarmUp} loads the first of that ranking.
 */
@NullMarked
package dev.towline.cache.warmup;

import org.jspecify.annotations.NullMarked;
