package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import dev.towline.store.ItemCodec;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The storage format of a session: one binary attribute, because DynamoDB charges a write by the kilobyte, and attribute names count. The
 * order of the fields is part of the format.
 */
final class SessionItems implements ItemCodec<TrackingSession> {

    private static final String STATE = "state";

    /** The version of this format. */
    private static final int LAYOUT = 1;

    /** What DynamoDB writes for one write unit, in bytes. */
    private static final int ONE_UNIT_BYTES = 1024;

    /** The most that an item needs for its attributes besides the state, without ids and tenant. */
    private static final int FRAME_BYTES = 216;

    /**
     * With less, the tail would move every few fixes, which costs more than a second unit for each. The item of a session with long ids takes
     * that one instead.
     */
    private static final int LEAST_STATE_BYTES = 400;

    private static final GeoPoint EQUATOR = new GeoPoint(0, 0);

    private static final int HAS_PACE = 1;
    private static final int HAS_ORIGIN = 1 << 1;
    private static final int HAS_STAY = 1 << 2;
    private static final int HAS_PENDING = 1 << 3;
    private static final int HAS_BASE = 1 << 4;
    private static final int HAS_MOVED = 1 << 5;
    private static final int HAS_MOVED_LATE = 1 << 6;

    /** The caller follows at the end, where a version that does not know it ignores it. */
    private static final int HAS_CALLER = 1 << 7;

    private static final int NO_CURRENT = 0;

    /** The current location is the newest fix of the tail or its base. */
    private static final int CURRENT_IS_NEWEST = 1;

    /** The current location is LIVE_ONLY. */
    private static final int CURRENT_FOLLOWS = 2;

    /** The stored number of a status is its place in this list. */
    private static final List<SessionStatus> STATUSES = List.of(
            SessionStatus.ASSIGNED,
            SessionStatus.EN_ROUTE,
            SessionStatus.ARRIVED,
            SessionStatus.IN_SERVICE,
            SessionStatus.COMPLETED,
            SessionStatus.CANCELLED);

    /** Whether the item of this session fits into one write unit, or into two if its ids are long. */
    static boolean fits(TrackingSession session) {
        return pack(session).length <= mostStateBytes(session);
    }

    private static int mostStateBytes(TrackingSession session) {
        int tenant = bytes(session.key().tenant().name());
        int id = bytes(session.id());
        int others = bytes(session.vendorId()) + bytes(session.incidentId());
        int caller = session.callerId() == null ? 0 : bytes(session.callerId());
        int most = ONE_UNIT_BYTES - FRAME_BYTES - 5 * tenant - 2 * id - others;
        return most - caller < LEAST_STATE_BYTES ? most + ONE_UNIT_BYTES : most;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public void write(TrackingSession session, ItemWriter item) {
        item.binary(STATE, pack(session));
    }

    private static byte[] pack(TrackingSession session) {
        Instant start = session.startedAt();
        GeoPoint destination = session.destination();
        Motion motion = session.motion();
        Tail tail = session.tail();
        PackedWriter out = new PackedWriter()
                .octet(LAYOUT)
                .id(session.incidentId())
                .id(session.vendorId())
                .point(destination, EQUATOR)
                .instant(start, Instant.EPOCH)
                .instant(session.updatedAt(), start)
                .unsigned(session.sequence())
                .unsigned(session.numbersGiven());
        writeSteps(out, session.steps(), start);
        out.octet(flag(HAS_PACE, motion.pace())
                | flag(HAS_ORIGIN, motion.origin())
                | flag(HAS_STAY, motion.stay())
                | flag(HAS_PENDING, motion.pending())
                | flag(HAS_BASE, tail.base())
                | flag(HAS_MOVED, tail.movedThrough())
                | (tail.hasMovedLate() ? HAS_MOVED_LATE : 0)
                | flag(HAS_CALLER, session.callerId()));
        if (motion.pace() != null) {
            out.unsigned(Precision.PACE.steps(motion.pace().metersPerSecond()));
        }
        if (motion.origin() != null) {
            out.point(motion.origin(), destination);
        }
        if (motion.stay() != null) {
            out.instant(motion.stay().since(), start).instant(motion.stay().until(), start);
        }
        if (tail.movedThrough() != null) {
            out.instant(tail.movedThrough(), start);
        }
        PackedFixes fixes = new PackedFixes(start, destination);
        if (tail.base() != null) {
            fixes.write(out, tail.base());
        }
        fixes.write(out, tail.entries());
        if (motion.pending() != null) {
            fixes.write(out, motion.pending());
        }
        TrackedLocation current = session.currentLocation();
        if (current == null) {
            out.octet(NO_CURRENT);
        } else if (current.equals(tail.newestInTrail())) {
            out.octet(CURRENT_IS_NEWEST);
        } else {
            fixes.write(out.octet(CURRENT_FOLLOWS), current);
        }
        if (session.callerId() != null) {
            out.id(session.callerId());
        }
        return out.toByteArray();
    }

    @Override
    public TrackingSession read(ItemReader item) {
        return unpack(item, item.binary(STATE));
    }

    private static TrackingSession unpack(ItemReader item, ByteBuffer state) {
        PackedReader in = new PackedReader(state);
        int layout = in.octet();
        if (layout != LAYOUT) {
            throw new IllegalStateException(
                    "the session " + item.id() + " has the layout " + layout + ", which this version does not support");
        }
        String incidentId = in.id();
        String vendorId = in.id();
        GeoPoint destination = in.point(EQUATOR);
        Instant start = in.instant(Instant.EPOCH);
        Instant updatedAt = in.instant(start);
        int sequence = in.count();
        int numbersGiven = in.count();
        List<StatusChange> steps = readSteps(in, start);
        int flags = in.octet();
        Pace pace = (flags & HAS_PACE) == 0 ? null : new Pace(Precision.PACE.of(in.unsigned()));
        GeoPoint origin = (flags & HAS_ORIGIN) == 0 ? null : in.point(destination);
        Stay stay = (flags & HAS_STAY) == 0 ? null : new Stay(in.instant(start), in.instant(start));
        Instant movedThrough = (flags & HAS_MOVED) == 0 ? null : in.instant(start);
        PackedFixes fixes = new PackedFixes(start, destination);
        TrackedLocation base = (flags & HAS_BASE) == 0 ? null : fixes.read(in);
        Tail tail = new Tail(base, fixes.readAll(in), movedThrough, (flags & HAS_MOVED_LATE) != 0);
        TrackedLocation pending = (flags & HAS_PENDING) == 0 ? null : fixes.read(in);
        TrackedLocation current = switch (in.octet()) {
            case CURRENT_IS_NEWEST -> tail.newestInTrail();
            case CURRENT_FOLLOWS -> fixes.read(in);
            default -> null;
        };
        String callerId = (flags & HAS_CALLER) == 0 ? null : in.id();
        return new TrackingSession(
                new SessionKey(item.tenant(), item.id()),
                item.revision(),
                incidentId,
                vendorId,
                callerId,
                destination,
                steps,
                current,
                start,
                updatedAt,
                sequence,
                numbersGiven,
                new Motion(pace, origin, stay, pending),
                tail);
    }

    private static void writeSteps(PackedWriter out, List<StatusChange> steps, Instant start) {
        out.unsigned(steps.size());
        for (StatusChange step : steps) {
            out.octet(STATUSES.indexOf(step.status())).unsigned(step.sequence()).instant(step.at(), start);
        }
    }

    private static List<StatusChange> readSteps(PackedReader in, Instant start) {
        int count = in.count();
        List<StatusChange> steps = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            steps.add(new StatusChange(STATUSES.get(in.octet()), in.count(), in.instant(start)));
        }
        return steps;
    }

    private static int flag(int flag, @Nullable Object value) {
        return value == null ? 0 : flag;
    }
}
