/**
 * The second tier: entities that instances share in Redis. {@code RedisSharedTier} finds and stores them, and {@code SharedStage} applies the
 * changes of this instance. Every value carries the id of its {@code Generation}: when an instance may have missed a change, a new generation
 * begins, and no instance uses values of the old one. Results of searches are not shared, because an instance computes them in less time than
 * a question to Redis takes (decision 0042).
 */
@NullMarked
package dev.towline.cache.shared;

import org.jspecify.annotations.NullMarked;
