/**
 * The dispatch board's stream: what changed among the incidents, sessions and vendors that a viewer may see. The {@code DispatchLog} keeps
 * the newest change of each object that changed lately, whichever instance wrote it, and a {@code BoardStream} reads the log at the speed
 * of its subscriber. A {@code Position} says what a board has seen, so that it can resume on any instance (decision 0023).
 */
@NullMarked
package dev.towline.dispatch;

import org.jspecify.annotations.NullMarked;
