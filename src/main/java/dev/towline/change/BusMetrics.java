package dev.towline.change;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.BooleanSupplier;

/**
 * The metrics of this package.
 *
 * @param propagation the time from sending to receiving a message of another instance, as accurate as the clocks are synchronized
 * @param sent messages of this instance that Redis accepted
 * @param unsent messages of this instance that Redis did not accept in time
 * @param received messages of other instances
 * @param missed reported gaps
 * @param malformed frames that could not be decoded; each also counts as missed
 */
record BusMetrics(
        Timer propagation, Counter sent, Counter unsent, Counter received, Counter missed, Counter malformed) {

    static BusMetrics in(MeterRegistry meters, BooleanSupplier proven) {
        Gauge.builder("towline.coherence.proven", () -> proven.getAsBoolean() ? 1 : 0)
                .description("1 while the messages of other instances provably arrive, else 0")
                .register(meters);
        return new BusMetrics(
                Timer.builder("towline.coherence.propagation")
                        .description("time from sending to receiving a message of another instance")
                        .publishPercentileHistogram()
                        .register(meters),
                messages(meters, "sent"),
                messages(meters, "unsent"),
                messages(meters, "heard"),
                messages(meters, "missed"),
                messages(meters, "malformed"));
    }

    private static Counter messages(MeterRegistry meters, String kind) {
        return Counter.builder("towline.coherence.messages")
                .description("messages between instances, by outcome")
                .tag("kind", kind)
                .register(meters);
    }
}
