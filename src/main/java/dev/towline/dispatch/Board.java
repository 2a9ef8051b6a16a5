package dev.towline.dispatch;

import dev.towline.viewer.Viewer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far one stream has read the log. Guarded by the {@link DispatchLog}. */
final class Board {

    final Viewer viewer;

    /** Called when there may be something new; thread-safe. */
    final Runnable wake;

    /** What it has seen. */
    Position seen = Position.NOTHING;

    /** The number of the arrival up to which it has read the log. */
    long read;

    /** Why the next item is a RESET, null if it is not. */
    @Nullable
    ResetReason reset;

    /** When it needs another RESET because lists lag, null if it does not. */
    @Nullable
    Instant nextReset;

    Board(Viewer viewer, Runnable wake) {
        this.viewer = viewer;
        this.wake = wake;
    }
}
