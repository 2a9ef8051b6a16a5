package dev.towline.live;

import java.time.Duration;

/** Settings with small limits. */
final class Limits {

    private Limits() {}

    static LiveSettings of(Duration holeTimeout, int queue, int burst, int held) {
        LiveSettings defaults = LiveSettings.defaults();
        return new LiveSettings(
                holeTimeout, queue, burst, held, defaults.readRetry(), defaults.recheck(), defaults.recheckUnproven());
    }
}
