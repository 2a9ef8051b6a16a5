package dev.towline.live;

import java.time.Duration;

/** What is to be done next for one subscriber; an {@link Inbox} says it, a {@link LiveStream} does it with no lock held. */
sealed interface Step<M extends Sequenced> {

    /** Hand over this message. */
    record Deliver<M extends Sequenced>(M message) implements Step<M> {}

    /** Read the present state and give it to {@link Inbox#snapshot}. */
    record ReadSnapshot<M extends Sequenced>() implements Step<M> {}

    /** Read what is missing and give it to {@link Inbox#missing}. */
    record ReadMissing<M extends Sequenced>(int afterSequence, int upToSequence) implements Step<M> {}

    /** Call {@link Inbox#overdue} with {@code sequence} after {@code delay}; what was awaited before no longer matters. */
    record Await<M extends Sequenced>(int sequence, Duration delay) implements Step<M> {}

    /** Tell the subscriber that it has everything. It is the last thing it hears. */
    record Complete<M extends Sequenced>() implements Step<M> {}

    /** Tell the subscriber that no more comes, and why. It is the last thing it hears. */
    record Fail<M extends Sequenced>(Throwable error) implements Step<M> {}

    /** Nothing, until the inbox is given something. */
    record Idle<M extends Sequenced>() implements Step<M> {}

    /** Nothing, ever. */
    record Closed<M extends Sequenced>() implements Step<M> {}
}
