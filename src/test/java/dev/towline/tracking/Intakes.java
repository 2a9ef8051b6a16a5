package dev.towline.tracking;

import dev.towline.dynamo.Fault;
import dev.towline.dynamo.StoreOfTables;
import dev.towline.geo.GeoPoint;
import dev.towline.store.Store;
import dev.towline.store.Write;
import dev.towline.viewer.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The intakes of several instances over the same tables, at a fixed time, and what is stored. */
final class Intakes implements AutoCloseable {

    static final Instant NOW = Drives.at(600);

    private static final List<String> OPERATIONS = List.of("PutItem", "TransactWriteItems", "GetItem", "Query");
    private static final Tenant ACME = new Tenant("acme");

    final StoreOfTables tables = new StoreOfTables(Sessions.TABLE, TrailChunk.TABLE);
    final Store store = tables.instance();
    final Sessions sessions = new Sessions(store, Drives.ACCESS);
    final Trail trail = new Trail(store, Drives.ACCESS);

    /** The intake of another instance, which remembers nothing. */
    Intake instance() {
        return instance(Drives.SETTINGS);
    }

    Intake instance(IntakeSettings settings) {
        Store own = tables.instance();
        return new Intake(
                own,
                new Sessions(own, Drives.ACCESS),
                new KnownSessions(),
                new Trail(own, Drives.ACCESS),
                Drives.ACCESS,
                settings,
                Drives.ETAS,
                new SimpleMeterRegistry(),
                () -> NOW);
    }

    /** A new session that is stored. */
    SessionKey begin() {
        SessionKey key = new SessionKey(ACME, UUID.randomUUID().toString());
        TrackingSession session = TrackingSession.begin(
                        key,
                        UUID.randomUUID().toString(),
                        UUID.randomUUID().toString(),
                        new GeoPoint(30.25, -97.75),
                        Drives.START,
                        Drives.START)
                .reportedBy(Drives.CALLER);
        store.write(new Write<>(Sessions.TABLE, session));
        tables.faulty().forgetRequests();
        return key;
    }

    List<LocationOutcome> take(Intake intake, SessionKey key, LocationInput... fixes) {
        return take(intake, key, List.of(fixes));
    }

    List<LocationOutcome> take(Intake intake, SessionKey key, List<LocationInput> fixes) {
        return intake.take(Drives.dispatcher(key.tenant()), key.id(), fixes).stream()
                .map(LocationResult::outcome)
                .toList();
    }

    TrackingSession stored(SessionKey key) {
        return sessions.require("id", key);
    }

    /** The whole trail, page by page. */
    List<TrackedLocation> trail(SessionKey key) {
        List<TrackedLocation> all = new ArrayList<>();
        TrackingSession session = stored(key);
        @Nullable String after = null;
        while (true) {
            var page = trail.page(session, SessionController.trailPage(session, 100, after));
            page.edges().forEach(edge -> all.add(edge.node()));
            if (!page.pageInfo().hasNextPage()) {
                return all;
            }
            after = page.pageInfo().endCursor();
        }
    }

    /** The times of the whole trail. */
    List<Instant> times(SessionKey key) {
        return trail(key).stream().map(TrackedLocation::recordedAt).toList();
    }

    /** From now on every second request of any kind meets the fault. */
    void disturb(Fault fault) {
        OPERATIONS.forEach(operation -> tables.faulty().always(operation, Fault.sometimes(2, fault)));
    }

    /** Requests to DynamoDB since the last call of this method or of {@link #begin}. */
    int requests() {
        int count = tables.faulty().requests().size();
        tables.faulty().forgetRequests();
        return count;
    }

    @Override
    public void close() {
        tables.close();
    }
}
