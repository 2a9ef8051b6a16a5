/**
 * What the cache tells: {@code CacheReport} tells a client what it did for one answer ({@code extensions.cache}), {@code CacheEndpoint} tells
 * an operator what it did since the start ({@code /actuator/cache}).
 */
@NullMarked
package dev.towline.cache.report;

import org.jspecify.annotations.NullMarked;
