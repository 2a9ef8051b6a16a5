package dev.towline.edge.socket;

import dev.towline.edge.error.LimitMetrics;
import dev.towline.rate.RateSettings;
import dev.towline.rate.TestRates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;

/** Limits of sockets for tests. */
final class Limited {

    /** Where refusals are counted. */
    static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    private Limited() {}

    /** The default settings but for these, whose names have no {@code towline.rates}. */
    static SocketLimits by(Map<String, ?> changed) {
        RateSettings settings = TestRates.settings(changed);
        return new SocketLimits(
                TestRates.local(settings), TestRates.streams(settings), settings, new LimitMetrics(METERS));
    }
}
