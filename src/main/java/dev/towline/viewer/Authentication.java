package dev.towline.viewer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import reactor.core.publisher.Mono;

/**
 * A viewer whose credentials were checked.
 *
 * @param viewer the viewer
 * @param end completes when the credentials stop being valid, because they expire or are revoked; subscribing to it starts a timer
 */
public record Authentication(Viewer viewer, Mono<Void> end) {

    /** Timers cannot be set for all times that a token can name. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** Credentials that are valid until the service ends. */
    public static Authentication forever(Viewer viewer) {
        return new Authentication(viewer, Mono.never());
    }

    /** Credentials that expire. */
    public static Authentication until(Instant expiry, Viewer viewer, InstantSource clock) {
        return new Authentication(
                viewer,
                Mono.defer(() -> Mono.delay(delay(Duration.between(clock.instant(), expiry))))
                        .then());
    }

    private static Duration delay(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }
}
