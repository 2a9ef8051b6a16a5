package dev.towline.tracking;

import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;
import dev.towline.store.Revision;
import dev.towline.store.SortKey;
import dev.towline.store.Table;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A fix in the trail of a session. Its key contains the recorded time, so a repeated fix has the same key.
 *
 * @param key the key
 * @param revision always the first
 * @param location the fix
 */
record TrailPoint(Key key, Revision revision, TrackedLocation location) implements Entity {

    static final Duration RETENTION = Duration.ofDays(30);

    static final Table<TrailPoint> TABLE =
            new Table<>("trail", "trail", true, new Codec(), List.of(), TrailPoint::expiresAt);

    /** A new point for this location. */
    static TrailPoint of(SessionKey session, TrackedLocation location) {
        return new TrailPoint(
                new Key(session.tenant(), session.id(), location.recordedAt()), Revision.first(), location);
    }

    /** The sort key in the trail. */
    String sort() {
        return key.sort();
    }

    private Instant expiresAt() {
        return location.receivedAt().plus(RETENTION);
    }

    /**
     * The key of a fix.
     *
     * @param id the id of the session
     */
    record Key(Tenant tenant, String id, Instant recordedAt) implements EntityKey {

        @Override
        public String entity() {
            return TABLE.entity();
        }

        @Override
        public String sort() {
            return SortKey.of(recordedAt);
        }
    }

    private static final class Codec implements ItemCodec<TrailPoint> {

        @Override
        public void write(TrailPoint point, ItemWriter item) {
            LocationItems.write(point.location, item);
        }

        @Override
        public TrailPoint read(ItemReader item) {
            TrackedLocation location = LocationItems.read(item);
            return new TrailPoint(new Key(item.tenant(), item.id(), location.recordedAt()), item.revision(), location);
        }
    }
}
