package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The way of a vehicle from where it set out to where it arrived, from the recorded traces ({@code traces_*.csv.gz}), cleaned:
 *
 * <ul>
 *   <li>fixes at latitude 0, not newer than the one before, or that the vehicle would have reached at over 70 m/s are left out;
 *   <li>a trace is cut where nothing was recorded for over 10 minutes;
 *   <li>a bus goes back and forth, so its day is cut where it is farthest from its last terminus, as soon as it has come back by 1 km;
 *       what it has not finished at the end of the trace is left out;
 *   <li>what it stands, or stays within 100 m, at either end belongs to no drive;
 *   <li>a drive takes at least 5 minutes and ends at least 1 km from where it began.
 * </ul>
 *
 * @param file the name of its file without {@code traces_}
 * @param fixes at least two, the oldest first; the last is the arrival
 */
record RecordedDrive(String file, List<TrackedLocation> fixes) {

    private static final Duration LONGEST_GAP = Duration.ofMinutes(10);
    private static final double FASTEST_METERS_PER_SECOND = 70;
    private static final double TURNED_BACK_METERS = 1_000;
    private static final double STANDING_METERS = 100;
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final double NEAREST_METERS = 1_000;

    /** The drives of the traces whose id has an odd CRC-32. The constants of the model were tuned on the others. */
    static List<RecordedDrive> heldOut(Path folder) throws IOException {
        List<RecordedDrive> drives = new ArrayList<>();
        for (RecordedTrace trace : RecordedTrace.all(folder)) {
            if (isHeldOut(trace.id())) {
                boolean bus = isBus(trace.file());
                parts(inOrderOfTime(trace)).stream()
                        .flatMap(part -> bus ? legs(part).stream() : Stream.of(part))
                        .map(RecordedDrive::withoutStanding)
                        .filter(RecordedDrive::isLongEnough)
                        .forEach(fixes -> drives.add(new RecordedDrive(trace.file(), fixes)));
            }
        }
        return drives;
    }

    boolean isBus() {
        return isBus(file);
    }

    private static boolean isBus(String file) {
        return file.startsWith("capmetro");
    }

    private static boolean isHeldOut(String traceId) {
        var crc = new CRC32();
        crc.update(traceId.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() % 2 == 1;
    }

    private static List<TrackedLocation> inOrderOfTime(RecordedTrace trace) {
        return trace.fixes().stream()
                .map(RecordedDrive::location)
                .sorted(Comparator.comparing(TrackedLocation::recordedAt))
                .toList();
    }

    private static TrackedLocation location(LocationInput fix) {
        Instant at = fix.recordedAt();
        var point = new GeoPoint(fix.latitude(), fix.longitude());
        return new TrackedLocation(point, at, at, null, fix.speedMetersPerSecond(), null, null, null);
    }

    /** The parts of a trace between its gaps, without the fixes that are wrong. */
    private static List<List<TrackedLocation>> parts(List<TrackedLocation> trace) {
        List<List<TrackedLocation>> parts = new ArrayList<>();
        List<TrackedLocation> part = new ArrayList<>();
        for (TrackedLocation fix : trace) {
            if (fix.latitude() == 0) {
                continue;
            }
            if (!part.isEmpty()) {
                Duration since = Duration.between(part.getLast().recordedAt(), fix.recordedAt());
                double seconds = since.toMillis() / 1_000.0;
                if (since.compareTo(LONGEST_GAP) > 0) {
                    parts.add(part);
                    part = new ArrayList<>();
                } else if (seconds <= 0 || meters(part.getLast(), fix) > FASTEST_METERS_PER_SECOND * seconds) {
                    continue;
                }
            }
            part.add(fix);
        }
        parts.add(part);
        return parts;
    }

    private static List<List<TrackedLocation>> legs(List<TrackedLocation> day) {
        List<List<TrackedLocation>> legs = new ArrayList<>();
        int start = 0;
        int farthest = 0;
        double farthestMeters = 0;
        for (int i = 0; i < day.size(); i++) {
            double meters = meters(day.get(start), day.get(i));
            if (meters >= farthestMeters) {
                farthestMeters = meters;
                farthest = i;
            } else if (meters < farthestMeters - TURNED_BACK_METERS) {
                legs.add(day.subList(start, farthest + 1));
                start = farthest;
                i = farthest;
                farthestMeters = 0;
            }
        }
        return legs;
    }

    private static List<TrackedLocation> withoutStanding(List<TrackedLocation> fixes) {
        int from = 0;
        while (from + 1 < fixes.size() && meters(fixes.getFirst(), fixes.get(from + 1)) <= STANDING_METERS) {
            from++;
        }
        int to = fixes.size() - 1;
        while (to > from && meters(fixes.getLast(), fixes.get(to - 1)) <= STANDING_METERS) {
            to--;
        }
        return fixes.isEmpty() ? fixes : fixes.subList(from, to + 1);
    }

    private static boolean isLongEnough(List<TrackedLocation> fixes) {
        return fixes.size() >= 2
                && Duration.between(
                                        fixes.getFirst().recordedAt(),
                                        fixes.getLast().recordedAt())
                                .compareTo(SHORTEST)
                        >= 0
                && meters(fixes.getFirst(), fixes.getLast()) >= NEAREST_METERS;
    }

    private static double meters(TrackedLocation one, TrackedLocation other) {
        return one.point().distanceTo(other.point()).value();
    }
}
