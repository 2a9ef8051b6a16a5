/**
 * The bus that carries changes between instances and detects lost messages. {@link dev.towline.change.Bus} is the entry point. {@code
 * BusStage} publishes local writes, and {@code Inbound} decodes remote ones and passes them through the stages of {@code store}. {@code
 * Sender} numbers messages, {@code Receiver} detects gaps, and {@code BusThreads} has the threads.
 *
 * <p>A bus has one shard or several ({@code towline.coherence.shards}, {@code Shards}). A message about changes goes to the shards of their
 * entities, any other message to shard 0. What follows holds for each shard by itself: it has its own channel, publishers, numbers, heartbeats
 * and proof. All shards share their threads, and on one Redis server their connections. In a cluster, shards have no common order. Decision 0035 has the reasons.
 *
 * <p>The protocol uses one Redis pub/sub channel, ordinary or sharded (decision 0044), to which every instance subscribes. It adds sequence numbers and heartbeats, because
 * pub/sub delivers at most once (https://redis.io/docs/latest/develop/pubsub/, decisions 0008 and 0013):
 *
 * <ul>
 *   <li>A <em>message</em> has its publisher, its number (1, 2, … of this publisher) and a payload. The number is used up even if Redis
 *       does not accept the message.
 *   <li>A <em>heartbeat</em> comes from each instance every 250 ms. It has the number of the last message, and its sending time by a clock
 *       of the sender.
 *   <li>A <em>goodbye</em> has the number of the last message of an instance that stops.
 * </ul>
 *
 * <p>An instance has a <em>gap</em> if it receives a number without the numbers before it. The first frame of a publisher that is not new
 * therefore also counts as a gap. Each acknowledged subscription counts as a gap too, because a publisher may have come and gone before it,
 * and so does a frame that cannot be decoded. What may have been missed in several shards at one moment is one gap.
 *
 * <p>The bus is <em>proven</em> up to time t if this instance has received its own heartbeat that it sent at t. Redis delivers messages in
 * order, so every message that Redis accepted before t has arrived. It is not proven beyond the last frame of any other publisher, because messages may be
 * lost before they reach Redis. A publisher that is silent for {@code towline.coherence.silence} (1 s by default) therefore makes the bus
 * unproven; after twice that time it is lost, which is a gap. A killed process never sends a goodbye, so a lost publisher is removed after
 * {@code forget-after} (1 min by default). If the process still runs and has
 * only lost its connection to Redis, its writes go unnoticed until cached values expire, and its next frame shows a gap.
 *
 * <p>A frame that cannot be decoded ends the proof until none has come for {@code towline.coherence.silence}, because nobody knows who sent it.
 * All frames tell the number of shards by their version. So while instances with different numbers run, none of them is proven.
 */
@NullMarked
package dev.towline.change;

import org.jspecify.annotations.NullMarked;
