package dev.towline.live;

import java.time.Duration;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How a subscriber wants its stream.
 *
 * @param after the sequence of the last message that it has: the stream continues after it without a snapshot. Null to begin with a
 *     snapshot.
 * @param minInterval the minimum time between a message and a {@linkplain Sequenced#droppable droppable} one after it; zero for none. Of
 *     those that come meanwhile, the newest is delivered when the time is over.
 * @param isTooNear whether a droppable message is of no interest after the one delivered before it
 */
public record StreamOptions<M extends Sequenced>(
        @Nullable Integer after, Duration minInterval, BiPredicate<? super M, ? super M> isTooNear) {

    /** Begins with a snapshot, and wants every message. */
    public static <M extends Sequenced> StreamOptions<M> all() {
        return new StreamOptions<>(null, Duration.ZERO, (_, _) -> false);
    }
}
