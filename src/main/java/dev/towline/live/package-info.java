/**
 * Topics: what is published once reaches every subscriber, each in its own time, in order and without a hole. Knows nothing of what
 * the messages say. {@link dev.towline.live.Topics} is the entrance; {@code Inbox} decides what happens next for one subscriber,
 * {@code LiveStream} does it.
 */
@NullMarked
package dev.towline.live;

import org.jspecify.annotations.NullMarked;
