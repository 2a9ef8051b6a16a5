/**
 * Topics with ordered delivery: each subscriber receives every message once and in order, at its own speed. The package does not interpret
 * messages. {@link dev.towline.live.Topics} is the entry point; an {@code Inbox} decides on the next step of a stream, and a {@code
 * LiveStream} performs it.
 */
@NullMarked
package dev.towline.live;

import org.jspecify.annotations.NullMarked;
