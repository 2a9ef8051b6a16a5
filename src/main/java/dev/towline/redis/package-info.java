/**
 * Redis: the connection and the data structures that features use. All data can be rebuilt from the database, so a {@link
 * dev.towline.redis.RedisDown} costs speed and never data.
 */
@NullMarked
package dev.towline.redis;

import org.jspecify.annotations.NullMarked;
