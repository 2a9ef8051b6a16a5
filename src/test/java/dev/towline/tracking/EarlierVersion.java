package dev.towline.tracking;

import dev.towline.store.Revision;
import dev.towline.store.Store;
import dev.towline.store.Write;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Stores what an earlier version of the service stored. */
final class EarlierVersion {

    private EarlierVersion() {}

    /** A session of the first shape with a fix a second from its start, each tenth of them LATE. */
    static FirstShape.Session drive(Store store, TrackingSession begun, int fixes) {
        TrackedLocation current = null;
        int sequence = 1;
        for (int i = 0; i < fixes; i++) {
            Instant recordedAt = begun.startedAt().plusSeconds(i);
            TrackedLocation location = location(i, recordedAt, i % 10 == 3 ? null : ++sequence);
            if (location.sequence() != null) {
                current = location;
            }
            store.write(new Write<>(
                    FirstShape.TRAIL,
                    new FirstShape.Fix(
                            new FirstShape.FixKey(begun.key().tenant(), begun.id(), recordedAt),
                            Revision.first(),
                            location)));
        }
        FirstShape.Session old = new FirstShape.Session(
                begun.key(),
                Revision.first().next().next(),
                begun.incidentId(),
                begun.vendorId(),
                begun.destination(),
                begun.steps(),
                current,
                begun.startedAt(),
                begun.startedAt().plusSeconds(fixes),
                sequence);
        store.write(Write.moved(FirstShape.SESSIONS, old));
        return old;
    }

    private static TrackedLocation location(int second, Instant recordedAt, @Nullable Integer sequence) {
        return new TrackedLocation(
                Drives.location(second).point(),
                recordedAt,
                recordedAt.plusSeconds(1),
                sequence,
                12.5,
                90.0,
                4.0,
                null);
    }
}
