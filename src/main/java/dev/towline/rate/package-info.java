/**
 * How much a caller may send: token buckets for each viewer, each address and each tracking session, and how many connections may be open.
 *
 * <p>{@code Rates} is the entry point. Instances share the buckets in Redis, but no request waits for Redis: {@code Bucket} spends tokens that
 * {@code Leases} fetches ahead of need, and decides by itself while Redis is away. {@code OpenStreams} counts connections and streams on this
 * instance.
 */
@NullMarked
package dev.towline.rate;

import org.jspecify.annotations.NullMarked;
