package dev.towline.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/**
 * The metrics of this package.
 *
 * @param delivered messages delivered to subscribers
 * @param conflated messages dropped because a subscriber is slow
 * @param thinned messages dropped because a subscriber wants fewer
 */
record LiveMetrics(Counter delivered, Counter conflated, Counter thinned) {

    /** @param watchers the current number of streams */
    static LiveMetrics in(MeterRegistry meters, Supplier<Number> watchers) {
        Gauge.builder("towline.live.watchers", watchers)
                .description("open streams of live subscribers")
                .register(meters);
        return new LiveMetrics(
                Counter.builder("towline.live.delivered")
                        .description("messages delivered to live subscribers")
                        .register(meters),
                Counter.builder("towline.live.conflated")
                        .description("messages dropped in favour of newer ones because the subscriber is slow")
                        .register(meters),
                Counter.builder("towline.live.thinned")
                        .description("messages dropped because the subscriber wants fewer")
                        .register(meters));
    }
}
