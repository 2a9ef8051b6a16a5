package dev.towline.trace;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationView;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;

/** Whether the trace of an observation is recorded. In all other traces, what is observed costs time and reaches nobody. Thread-safe. */
public final class Sampling {

    private Sampling() {}

    /**
     * Whether what happens below this observation belongs to a recorded trace.
     *
     * @param observation null if there is none; then what comes below decides by itself, so it may be recorded
     */
    public static boolean mayBeSampled(@Nullable ObservationView observation) {
        if (!(observation instanceof Observation started)) {
            return true;
        }
        TracingContext trace = started.getContextView().get(TracingContext.class);
        Span span = trace == null ? null : trace.getSpan();
        return span != null && Boolean.TRUE.equals(span.context().sampled());
    }
}
