/**
 * Changes between instances, and the proof that they arrive. {@link dev.towline.change.Bus} is the entrance; {@code BusStage} tells others
 * of a local write, {@code Inbound} decodes what others tell, once, and passes it through the stages of {@code store}. {@code Sender}
 * numbers what goes out, {@code Receiver} notices what is missing of what comes in, {@code BusThreads} has the threads.
 *
 * <p>The protocol, on one pub/sub channel of Redis that everybody hears:
 *
 * <ul>
 *   <li>A <em>message</em> carries its publisher, its number (1, 2, … of this publisher) and a payload. The number is used up even if
 *       Redis does not take the message.
 *   <li>A <em>heartbeat</em> comes from each instance every 250 ms and carries the number of its last message, and when it was sent
 *       by a clock of its own.
 *   <li>A <em>goodbye</em> carries the number of the last message of an instance that leaves.
 * </ul>
 *
 * <p>Whoever hears a number whose predecessors it did not hear has missed something: so it is with the first that is heard of a
 * publisher that is not new. That costs nothing where an instance has just begun and holds nothing, and is right where a message came
 * before the subscription or got lost before the first heartbeat. Each acknowledgement of a subscription counts as missing something,
 * too, as a publisher may have come and gone in between. So does a frame that cannot be read, since nobody knows what it said.
 *
 * <p>A publisher that is silent for a second makes the bus unproven; after two it is lost. A process that was killed never says goodbye,
 * so after a minute it is forgotten. One that lives and is only cut off from Redis is forgotten as well, and what it writes from then
 * on is not noticed before cached values expire; once it is heard again, its number shows that something was missed.
 */
@NullMarked
package dev.towline.change;

import org.jspecify.annotations.NullMarked;
