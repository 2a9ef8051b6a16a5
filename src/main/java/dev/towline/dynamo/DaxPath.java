package dev.towline.dynamo;

import dev.towline.store.ChangeFeed;
import dev.towline.store.ReadPath;
import dev.towline.store.VersionFloors;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether reads may go through DAX. Writes do not pass through it, so it shows the state from before a write until its item expires. The
 * {@link VersionFloors} tell when a result is too old, but only of changes that this instance knows of. So DAX is read only while the
 * changes of other instances provably arrive, and if none was missed within the lag of DAX. An instance that has just started has missed
 * all changes before. See decision 0025.
 */
record DaxPath(DaxCluster cluster, Duration lag, VersionFloors floors, ChangeFeed feed) implements ReadPath {

    @Override
    public @Nullable Bypass bypass() {
        Bypass old = mayBeOld();
        return old == null && !cluster.isAvailable() ? Bypass.UNAVAILABLE : old;
    }

    /** Why DAX may have states that are older than is known here; null if it has not. */
    @Nullable
    Bypass mayBeOld() {
        // In this order: before the feed becomes proven again, the floors are doubted.
        if (!feed.isProven()) {
            return Bypass.CHANGES_UNPROVEN;
        }
        return floors.isDoubtful(lag) ? Bypass.CHANGES_MISSED : null;
    }
}
