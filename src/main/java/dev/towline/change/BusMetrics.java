package dev.towline.change;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.BooleanSupplier;

/**
 * What this package measures.
 *
 * @param propagation from sending to hearing, of other instances' messages; as exact as their clocks agree
 * @param sent messages of this instance that Redis took
 * @param unsent messages of this instance that Redis did not take, or too late
 * @param heard messages of other instances
 * @param missed how often something may not have been heard
 * @param malformed frames that could not be read; each is missed, too
 */
record BusMetrics(Timer propagation, Counter sent, Counter unsent, Counter heard, Counter missed, Counter malformed) {

    static BusMetrics in(MeterRegistry meters, BooleanSupplier proven) {
        Gauge.builder("towline.coherence.proven", () -> proven.getAsBoolean() ? 1 : 0)
                .description("1 while what other instances write is known to arrive here, else 0")
                .register(meters);
        return new BusMetrics(
                Timer.builder("towline.coherence.propagation")
                        .description("from sending to hearing of another instance's message")
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
                .description("messages between instances, by what became of them")
                .tag("kind", kind)
                .register(meters);
    }
}
