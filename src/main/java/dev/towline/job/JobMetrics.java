package dev.towline.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** The metrics of jobs, all registered at start. Thread-safe, does not block. */
@Component
final class JobMetrics {

    private final MeterRegistry meters;

    JobMetrics(MeterRegistry meters) {
        this.meters = meters;
        for (JobKind kind : JobKind.values()) {
            taken(kind, true);
            taken(kind, false);
            for (JobStatus status : JobStatus.values()) {
                if (status.isEnd()) {
                    ended(kind, status);
                }
            }
        }
    }

    /** Counts the running jobs of this instance from now on. */
    void running(Supplier<Number> count) {
        Gauge.builder("towline.jobs.running", count)
                .description("the jobs that this instance runs")
                .register(meters);
    }

    /**
     * The counter of jobs that this instance took.
     *
     * @param fromAnother whether an instance that gave no sign of life had it
     */
    Counter taken(JobKind kind, boolean fromAnother) {
        return Counter.builder("towline.jobs.taken")
                .description("the jobs that this instance took")
                .tag("kind", tag(kind))
                .tag("from", fromAnother ? "another" : "queue")
                .register(meters);
    }

    /** The counter of jobs that this instance ended. */
    Counter ended(JobKind kind, JobStatus status) {
        return Counter.builder("towline.jobs.ended")
                .description("the jobs that this instance ended")
                .tag("kind", tag(kind))
                .tag("status", tag(status))
                .register(meters);
    }

    private static String tag(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
