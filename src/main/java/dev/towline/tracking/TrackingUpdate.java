package dev.towline.tracking;

import dev.towline.live.Sequenced;
import dev.towline.viewer.Shareable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A live update of a session. All values but the session are as of its sequence, however late it is delivered.
 *
 * @param session the state that came with the change, or a newer one; not older than the sequence
 * @param epoch the epoch of the table of sessions; another one means that sequences begin anew
 * @param kind the kind of the update
 * @param sequence the number of the change; for a snapshot, of the last change in it; for a gap, of the last lost change
 * @param first the number after the update before; the numbers between are of LIVE_ONLY fixes
 * @param at the time at which the service accepted the change
 * @param missed the number of changes that were skipped since the last delivery, null if none
 * @param location the current location, null if there is none
 * @param status the status of the session
 */
record TrackingUpdate(
        TrackingSession session,
        String epoch,
        TrackingUpdateKind kind,
        int sequence,
        int first,
        Instant at,
        @Nullable Integer missed,
        @Nullable TrackedLocation location,
        SessionStatus status)
        implements Sequenced, Shareable {

    /** What decides how an update looks. The version stands for the whole session, but not for what a viewer may see of it. */
    private record Identity(
            SessionKey session,
            int version,
            boolean hasLocations,
            String epoch,
            TrackingUpdateKind kind,
            int sequence,
            Instant at,
            @Nullable Integer missed,
            @Nullable TrackedLocation location,
            SessionStatus status) {}

    @Override
    public Object identity() {
        return new Identity(
                session.key(),
                session.version(),
                session.currentLocation() != null,
                epoch,
                kind,
                sequence,
                at,
                missed,
                location,
                status);
    }

    /** The estimated arrival, null if it is unknown or the vehicle has arrived. */
    public @Nullable Eta eta() {
        return Eta.of(location, status);
    }

    /** This update, accounting for the numbers from this one on. */
    TrackingUpdate accountingFrom(int number) {
        return new TrackingUpdate(session, epoch, kind, sequence, number, at, missed, location, status);
    }

    /** This update as those see it who may not see where the vehicle is. */
    TrackingUpdate withoutLocations() {
        return new TrackingUpdate(session.withoutLocations(), epoch, kind, sequence, first, at, missed, null, status);
    }

    @Override
    public List<TrackingUpdate> since(int afterSequence) {
        return new TrackingUpdates(session, epoch).between(afterSequence, sequence);
    }

    @Override
    public TrackingUpdate gapBefore() {
        return new TrackingUpdates(session, epoch).gap(sequence - 1, at);
    }

    @Override
    public boolean isGap() {
        return kind == TrackingUpdateKind.GAP;
    }

    /** An update that was filled in from a later one has its session, which those after it must not fall behind. */
    @Override
    public TrackingUpdate following(@Nullable Sequenced previous, int count) {
        TrackingSession newest =
                previous instanceof TrackingUpdate before && before.session.version() > session.version()
                        ? before.session
                        : session;
        if (count == 0 && newest.version() == session.version()) {
            return this;
        }
        return new TrackingUpdate(
                newest, epoch, kind, sequence, first, at, count == 0 ? null : count, location, status);
    }

    @Override
    public boolean last() {
        return kind == TrackingUpdateKind.ENDED;
    }

    @Override
    public boolean droppable() {
        return kind == TrackingUpdateKind.LOCATION;
    }
}
