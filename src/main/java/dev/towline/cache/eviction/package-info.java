/**
 * What operators evict: {@code Evictions} forgets it on this instance and tells the others ; {@code CachedFields}
 * finds out what an operator means.
 */
@NullMarked
package dev.towline.cache.eviction;

import org.jspecify.annotations.NullMarked;
