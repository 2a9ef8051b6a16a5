/**
 * Redis: the connection and the few shapes of data that features keep there. All of it is computed and can be rebuilt; every failure
 * is a {@link dev.towline.redis.RedisDown}, which costs speed and never data.
 */
@NullMarked
package dev.towline.redis;

import org.jspecify.annotations.NullMarked;
