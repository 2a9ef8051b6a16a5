package dev.towline.demo;

import dev.towline.demo.city.Drive;
import dev.towline.demo.city.Fix;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens when on one job, known from its start.
 *
 * @param beginsAt when the vendor got the job, and the vehicle's first fix
 * @param phase when within each {@link #INTERVAL} the vehicle takes its fixes, so that not all do at once
 */
record Itinerary(Instant beginsAt, Drive drive, Instant servesAt, Instant completesAt, Duration phase) {

    /** Between two fixes of a vehicle. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    Stage stageAt(Instant time) {
        if (time.isBefore(drive.departsAt())) {
            return Stage.ASSIGNED;
        }
        if (time.isBefore(drive.arrivesAt())) {
            return Stage.EN_ROUTE;
        }
        if (time.isBefore(servesAt)) {
            return Stage.ARRIVED;
        }
        return time.isBefore(completesAt) ? Stage.IN_SERVICE : Stage.COMPLETED;
    }

    /** When the next stage begins; after the last one, when that began. */
    Instant nextStageAfter(Instant time) {
        return List.of(drive.departsAt(), drive.arrivesAt(), servesAt).stream()
                .filter(change -> change.isAfter(time))
                .findFirst()
                .orElse(completesAt);
    }

    /** The fixes after the last one that was sent, up to now, the oldest first, as many as fit into one call. */
    List<Fix> fixes(@Nullable Instant last, Instant now) {
        List<Fix> fixes = new ArrayList<>();
        Instant time = fixAfter(last);
        while (time != null && !time.isAfter(now) && fixes.size() < Api.MAX_FIXES) {
            fixes.add(drive.fixAt(time));
            time = fixAfter(time);
        }
        return fixes;
    }

    /** When the fix after that one is taken: there is one at the beginning, one each interval, one at the arrival, and none after it. */
    @Nullable
    Instant fixAfter(@Nullable Instant last) {
        if (last == null) {
            return beginsAt;
        }
        if (!last.isBefore(drive.arrivesAt())) {
            return null;
        }
        Duration sincePhase = Duration.ofMillis(Math.floorMod(last.minus(phase).toEpochMilli(), INTERVAL.toMillis()));
        Instant next = last.minus(sincePhase).plus(INTERVAL);
        return next.isBefore(drive.arrivesAt()) ? next : drive.arrivesAt();
    }
}
