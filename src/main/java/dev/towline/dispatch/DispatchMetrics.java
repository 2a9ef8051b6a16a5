package dev.towline.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** The metrics of this package. Thread-safe. */
final class DispatchMetrics {

    private final MeterRegistry meters;
    private final AtomicInteger boards = new AtomicInteger();

    DispatchMetrics(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("towline.dispatch.boards", boards::get)
                .description("open streams of dispatch boards")
                .register(meters);
        for (ResetReason reason : ResetReason.values()) {
            resets(reason);
        }
    }

    void opened() {
        boards.incrementAndGet();
    }

    void closed() {
        boards.decrementAndGet();
    }

    void reset(ResetReason reason) {
        resets(reason).increment();
    }

    private Counter resets(ResetReason reason) {
        return Counter.builder("towline.dispatch.resets")
                .description("RESET items sent to dispatch boards, by reason")
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
