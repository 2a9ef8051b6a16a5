/**
 * The second tier: what instances share in Redis. {@code RedisSharedTier} finds and keeps entities, {@code SharedComputedValues} computed
 * values; {@code SharedStage} keeps both as new as what this instance writes. What is shared carries a {@code Generation}: where an instance
 * may have missed a change, a new generation begins, and nothing of the old one is used.
 */
@NullMarked
package dev.towline.cache.shared;

import org.jspecify.annotations.NullMarked;
