package dev.towline.tracking;

import dev.towline.live.StreamOptions;
import dev.towline.problem.BadInput;
import dev.towline.problem.Require;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;

/** The live subscription to a session. */
@Controller
class TrackingUpdateController {

    private static final int MAX_EPOCH_CHARACTERS = 100;
    private static final int MAX_INTERVAL_MS = 3_600_000;
    private static final int MAX_DISTANCE_METERS = 1_000_000;

    private final SessionTopic topic;
    private final SessionAccess access;

    TrackingUpdateController(SessionTopic topic, SessionAccess access) {
        this.topic = topic;
        this.access = access;
    }

    @SubscriptionMapping
    Flux<TrackingUpdate> onTrackingUpdated(
            @Argument String sessionId,
            @Argument @Nullable Integer after,
            @Argument @Nullable String epoch,
            @Argument @Nullable Integer minIntervalMs,
            @Argument @Nullable Double minDistanceMeters,
            @ContextValue Viewer viewer) {
        SessionKey key = new SessionKey(viewer.tenant(), Require.id("sessionId", sessionId));
        StreamOptions<TrackingUpdate> options = new StreamOptions<>(
                resumeAfter(after, epoch),
                interval(minIntervalMs),
                new NearBy(distanceMeters(minDistanceMeters))::test);
        return Flux.from(topic.follow(viewer, key, options)).handle((update, seen) -> {
            TrackingUpdate visible = access.visible(update, viewer);
            if (visible == null) {
                // A viewer whose right has ended must not learn more, not even that there is more.
                seen.complete();
            } else {
                seen.next(visible);
            }
        });
    }

    /** The sequences of another epoch mean nothing in this one. */
    private @Nullable Integer resumeAfter(@Nullable Integer after, @Nullable String epoch) {
        if (after != null && after < 0) {
            throw new BadInput("after", "must be 0 or greater.");
        }
        if (epoch == null) {
            return after;
        }
        if (after == null) {
            throw new BadInput("epoch", "must come with `after`.");
        }
        return Require.text("epoch", epoch, MAX_EPOCH_CHARACTERS).equals(topic.epoch()) ? after : null;
    }

    private static Duration interval(@Nullable Integer minIntervalMs) {
        return minIntervalMs == null
                ? Duration.ZERO
                : Duration.ofMillis((long) Require.within("minIntervalMs", minIntervalMs, 0, MAX_INTERVAL_MS));
    }

    private static double distanceMeters(@Nullable Double minDistanceMeters) {
        return minDistanceMeters == null
                ? 0
                : Require.within("minDistanceMeters", minDistanceMeters, 0, MAX_DISTANCE_METERS);
    }

    /** Whether a location is nearer than this to the one before it. */
    private record NearBy(double meters) {

        boolean test(TrackingUpdate previous, TrackingUpdate next) {
            TrackedLocation from = previous.location();
            TrackedLocation to = next.location();
            return from != null
                    && to != null
                    && from.point().distanceTo(to.point()).value() < meters;
        }
    }
}
