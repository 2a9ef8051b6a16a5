package dev.towline.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/**
 * What this package counts.
 *
 * @param delivered messages handed over to subscribers
 * @param conflated messages that a subscriber did not get since it does not keep up
 */
record LiveMetrics(Counter delivered, Counter conflated) {

    /** @param watchers how many streams there are now */
    static LiveMetrics in(MeterRegistry meters, Supplier<Number> watchers) {
        Gauge.builder("towline.live.watchers", watchers)
                .description("streams that live subscribers have open")
                .register(meters);
        return new LiveMetrics(
                Counter.builder("towline.live.delivered")
                        .description("messages handed over to live subscribers")
                        .register(meters),
                Counter.builder("towline.live.conflated")
                        .description("messages dropped for a newer one, for subscribers that do not keep up")
                        .register(meters));
    }
}
