/**
 * The second tier: values that instances share in Redis. {@code RedisSharedTier} finds and stores entities, {@code SharedComputedValues} finds
 * and stores computed values. {@code SharedStage} applies the changes of this instance to both, and raises the {@code CellWatermarks} for the
 * changes of all instances. Every value carries the id of its {@code Generation}: when an instance may have missed a change, a new generation
 * begins, and no instance uses values of the old one.
 */
@NullMarked
package dev.towline.cache.shared;

import org.jspecify.annotations.NullMarked;
