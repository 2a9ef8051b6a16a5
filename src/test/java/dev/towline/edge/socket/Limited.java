package dev.towline.edge.socket;

import dev.towline.rate.RateSettings;
import dev.towline.rate.TestRates;
import java.util.Map;

/** Limits of sockets for tests. */
final class Limited {

    private Limited() {}

    /** The default settings but for these, whose names have no {@code towline.rates}. */
    static SocketLimits by(Map<String, ?> changed) {
        RateSettings settings = TestRates.settings(changed);
        return new SocketLimits(TestRates.local(settings), TestRates.streams(settings), settings);
    }
}
