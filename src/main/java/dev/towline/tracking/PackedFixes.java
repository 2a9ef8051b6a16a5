package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The binary format of fixes, each as its difference from the one before: about 18 bytes for a fix of a moving vehicle, 3 for a LIVE_ONLY
 * one. One object writes or reads one series of fixes. Not thread-safe.
 */
final class PackedFixes {

    private static final int IS_LIVE_ONLY = 1;
    private static final int HAS_SEQUENCE = 1 << 1;
    private static final int IS_NEXT_SEQUENCE = 1 << 2;
    private static final int HAS_SPEED = 1 << 3;
    private static final int HAS_HEADING = 1 << 4;
    private static final int HAS_ACCURACY = 1 << 5;
    private static final int HAS_REMAINING = 1 << 6;

    private Instant recordedAt;
    private GeoPoint point;
    private Duration delay = Duration.ZERO;
    private int sequence;
    private Remaining remaining = new Remaining(0, 0);

    /** A series that begins at this time and place: the nearer to the first fix, the shorter its encoding. */
    PackedFixes(Instant near, GeoPoint place) {
        this.recordedAt = near;
        this.point = place;
    }

    void write(PackedWriter out, List<TailEntry> entries) {
        out.unsigned(entries.size());
        for (TailEntry entry : entries) {
            switch (entry) {
                case TailEntry.Stored(TrackedLocation location) -> write(out, location);
                case TailEntry.LiveOnly(Instant time, Integer itsSequence) -> {
                    out.octet(IS_LIVE_ONLY | sequenceFlags(itsSequence)).instant(time, recordedAt);
                    recordedAt = time;
                    writeSequence(out, itsSequence);
                }
            }
        }
    }

    List<TailEntry> readAll(PackedReader in) {
        int count = in.count();
        List<TailEntry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int flags = in.octet();
            entries.add((flags & IS_LIVE_ONLY) == 0 ? new TailEntry.Stored(read(in, flags)) : readLiveOnly(in, flags));
        }
        return entries;
    }

    void write(PackedWriter out, TrackedLocation location) {
        Remaining left = location.remaining();
        out.octet(sequenceFlags(location.sequence())
                        | flag(HAS_SPEED, location.speedMetersPerSecond())
                        | flag(HAS_HEADING, location.headingDegrees())
                        | flag(HAS_ACCURACY, location.accuracyMeters())
                        | flag(HAS_REMAINING, left))
                .instant(location.recordedAt(), recordedAt)
                .point(location.point(), point);
        Duration itsDelay = Duration.between(location.recordedAt(), location.receivedAt());
        out.signed(itsDelay.minus(delay).toMillis());
        recordedAt = location.recordedAt();
        point = location.point();
        delay = itsDelay;
        writeSequence(out, location.sequence());
        writeSteps(out, location.speedMetersPerSecond(), Precision.SPEED);
        writeSteps(out, location.headingDegrees(), Precision.HEADING);
        writeSteps(out, location.accuracyMeters(), Precision.DISTANCE);
        if (left != null) {
            out.signed((long) left.durationSeconds() - remaining.durationSeconds())
                    .signed(Precision.DISTANCE.steps(left.distanceMeters())
                            - Precision.DISTANCE.steps(remaining.distanceMeters()));
            remaining = left;
        }
    }

    TrackedLocation read(PackedReader in) {
        return read(in, in.octet());
    }

    private TrackedLocation read(PackedReader in, int flags) {
        recordedAt = in.instant(recordedAt);
        point = in.point(point);
        delay = delay.plusMillis(in.signed());
        return new TrackedLocation(
                point,
                recordedAt,
                recordedAt.plus(delay),
                (flags & HAS_SEQUENCE) == 0 ? null : (Integer) readSequence(in, flags),
                readSteps(in, flags & HAS_SPEED, Precision.SPEED),
                readSteps(in, flags & HAS_HEADING, Precision.HEADING),
                readSteps(in, flags & HAS_ACCURACY, Precision.DISTANCE),
                (flags & HAS_REMAINING) == 0 ? null : readRemaining(in));
    }

    private TailEntry readLiveOnly(PackedReader in, int flags) {
        recordedAt = in.instant(recordedAt);
        return new TailEntry.LiveOnly(recordedAt, readSequence(in, flags));
    }

    private Remaining readRemaining(PackedReader in) {
        remaining = new Remaining(
                Math.toIntExact(remaining.durationSeconds() + in.signed()),
                Precision.DISTANCE.of(Precision.DISTANCE.steps(remaining.distanceMeters()) + in.signed()));
        return remaining;
    }

    private int sequenceFlags(@Nullable Integer itsSequence) {
        if (itsSequence == null) {
            return 0;
        }
        return HAS_SEQUENCE | (itsSequence == sequence + 1 ? IS_NEXT_SEQUENCE : 0);
    }

    private void writeSequence(PackedWriter out, @Nullable Integer itsSequence) {
        if (itsSequence == null) {
            return;
        }
        if (itsSequence != sequence + 1) {
            out.signed((long) itsSequence - sequence);
        }
        sequence = itsSequence;
    }

    private int readSequence(PackedReader in, int flags) {
        sequence = (flags & IS_NEXT_SEQUENCE) == 0 ? Math.toIntExact(sequence + in.signed()) : sequence + 1;
        return sequence;
    }

    private static int flag(int flag, @Nullable Object value) {
        return value == null ? 0 : flag;
    }

    private static void writeSteps(PackedWriter out, @Nullable Double value, Precision precision) {
        if (value != null) {
            out.unsigned(precision.steps(value));
        }
    }

    private static @Nullable Double readSteps(PackedReader in, int flag, Precision precision) {
        return flag == 0 ? null : (Double) precision.of(in.unsigned());
    }
}
