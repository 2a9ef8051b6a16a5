package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import dev.towline.live.Sequenced;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something happened in a session. Everything in it is as of its sequence, however late it is delivered.
 *
 * @param key which session
 * @param kind what the update tells
 * @param sequence the number of the change; for a snapshot that of the last one in it
 * @param at when the service accepted the change
 * @param missed how many changes were left out since the last delivery, null if none
 * @param location the current location
 * @param destination where the vehicle goes
 */
record TrackingUpdate(
        SessionKey key,
        TrackingUpdateKind kind,
        int sequence,
        Instant at,
        @Nullable Integer missed,
        @Nullable TrackedLocation location,
        GeoPoint destination,
        SessionStatus status)
        implements Sequenced {

    /** When the vehicle will be there. */
    public @Nullable Eta eta() {
        return Eta.of(location, destination, status);
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
