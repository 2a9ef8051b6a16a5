package dev.towline.live;

import java.time.Duration;

/** A step of a stream. An {@link Inbox} decides on it, and a {@link LiveStream} performs it without a lock. */
sealed interface Step<M extends Sequenced> {

    /** Deliver this message. */
    record Deliver<M extends Sequenced>(M message) implements Step<M> {}

    /** Read the current state, at least up to this sequence, and pass it to {@link Inbox#snapshot}. */
    record ReadSnapshot<M extends Sequenced>(int atLeast) implements Step<M> {}

    /** Read the messages after this sequence and pass them to {@link Inbox#missing}. */
    record ReadMissing<M extends Sequenced>(int afterSequence) implements Step<M> {}

    /** Call {@link Inbox#overdue} with {@code sequence} after {@code delay}. It replaces an earlier step of this type. */
    record Await<M extends Sequenced>(int sequence, Duration delay) implements Step<M> {}

    /** Call {@link Inbox#intervalOver} with {@code deliveries} after {@code delay}. It replaces an earlier step of this type. */
    record Pause<M extends Sequenced>(long deliveries, Duration delay) implements Step<M> {}

    /** Complete the subscriber. */
    record Complete<M extends Sequenced>() implements Step<M> {}

    /** Fail the subscriber with this error. */
    record Fail<M extends Sequenced>(Throwable error) implements Step<M> {}

    /** Do nothing until the inbox receives an event. */
    record Idle<M extends Sequenced>() implements Step<M> {}

    /** Do nothing any more. */
    record Closed<M extends Sequenced>() implements Step<M> {}
}
