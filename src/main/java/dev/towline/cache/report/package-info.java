/**
 * Reports of the cache. {@code CacheReport} reports the lookup results of one answer to a client ({@code extensions.cache}). {@code
 * CacheEndpoint} reports the statistics since the start to an operator ({@code /actuator/cache}).
 */
@NullMarked
package dev.towline.cache.report;

import org.jspecify.annotations.NullMarked;
