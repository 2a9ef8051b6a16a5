package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.GeoPoints;
import dev.towline.store.Index;
import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;
import dev.towline.store.Revision;
import dev.towline.store.SortKey;
import dev.towline.store.Table;
import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tables of sessions and trails before a session carried its tail: each attribute by its name, a sort attribute for each index, and a
 * row for each fix. {@link SessionMove} reads them.
 */
final class FirstShape {

    static final Table<Session> SESSIONS = new Table<>(
            "sessions",
            "session",
            false,
            new SessionCodec(),
            List.of(
                    index("byTenant", _ -> ""),
                    index(
                            "byStatus",
                            session -> session.steps().getLast().status().name()),
                    index("byVendor", Session::vendorId),
                    index("byIncident", Session::incidentId)),
            null);

    static final Table<Fix> TRAIL = new Table<>(
            "trail",
            "trail",
            true,
            new FixCodec(),
            List.of(),
            fix -> fix.location().receivedAt().plus(TrailChunk.RETENTION));

    private FirstShape() {}

    /** A session of the first shape. */
    record Session(
            SessionKey key,
            Revision revision,
            String incidentId,
            String vendorId,
            GeoPoint destination,
            List<StatusChange> steps,
            @Nullable TrackedLocation currentLocation,
            Instant startedAt,
            Instant updatedAt,
            int sequence)
            implements Entity {

        Session {
            steps = List.copyOf(steps);
        }
    }

    /** A fix in the trail of the first shape. */
    record Fix(FixKey key, Revision revision, TrackedLocation location) implements Entity {}

    /**
     * The key of a fix.
     *
     * @param id the id of the session
     */
    record FixKey(Tenant tenant, String id, Instant recordedAt) implements EntityKey {

        @Override
        public String entity() {
            return TRAIL.entity();
        }

        @Override
        public String sort() {
            return SortKey.of(recordedAt);
        }
    }

    private static Index<Session> index(String name, Function<Session, String> partition) {
        return new Index<>(
                name,
                partition,
                session -> SortKey.of(session.startedAt(), session.key().id()));
    }

    private static final class SessionCodec implements ItemCodec<Session> {

        @Override
        public void write(Session session, ItemWriter item) {
            item.string("incidentId", session.incidentId())
                    .string("vendorId", session.vendorId())
                    .map("destination", session.destination(), GeoPoints::write)
                    .list("steps", session.steps(), SessionCodec::writeStep)
                    .map("currentLocation", session.currentLocation(), FixCodec::write)
                    .instant("startedAt", session.startedAt())
                    .instant("updatedAt", session.updatedAt())
                    .integer("sequence", session.sequence());
        }

        @Override
        public Session read(ItemReader item) {
            return new Session(
                    new SessionKey(item.tenant(), item.id()),
                    item.revision(),
                    item.string("incidentId"),
                    item.string("vendorId"),
                    item.map("destination", GeoPoints::read),
                    item.list("steps", SessionCodec::readStep),
                    item.optionalMap("currentLocation", FixCodec::location),
                    item.instant("startedAt"),
                    item.instant("updatedAt"),
                    item.integer("sequence"));
        }

        private static void writeStep(StatusChange step, ItemWriter item) {
            item.constant("status", step.status())
                    .integer("sequence", step.sequence())
                    .instant("at", step.at());
        }

        private static StatusChange readStep(ItemReader item) {
            return new StatusChange(
                    item.constant("status", SessionStatus.class), item.integer("sequence"), item.instant("at"));
        }
    }

    private static final class FixCodec implements ItemCodec<Fix> {

        @Override
        public void write(Fix fix, ItemWriter item) {
            write(fix.location(), item);
        }

        @Override
        public Fix read(ItemReader item) {
            TrackedLocation location = location(item);
            return new Fix(new FixKey(item.tenant(), item.id(), location.recordedAt()), item.revision(), location);
        }

        static void write(TrackedLocation location, ItemWriter item) {
            item.map("point", location.point(), GeoPoints::write)
                    .instant("recordedAt", location.recordedAt())
                    .instant("receivedAt", location.receivedAt())
                    .integer("sequence", location.sequence())
                    .decimal("speedMetersPerSecond", location.speedMetersPerSecond())
                    .decimal("headingDegrees", location.headingDegrees())
                    .decimal("accuracyMeters", location.accuracyMeters());
        }

        static TrackedLocation location(ItemReader item) {
            return new TrackedLocation(
                    item.map("point", GeoPoints::read),
                    item.instant("recordedAt"),
                    item.instant("receivedAt"),
                    item.optionalInteger("sequence"),
                    item.optionalDecimal("speedMetersPerSecond"),
                    item.optionalDecimal("headingDegrees"),
                    item.optionalDecimal("accuracyMeters"),
                    null);
        }
    }
}
