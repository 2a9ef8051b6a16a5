package dev.towline.edge.error;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Gives each request its {@link CorrelationId}. Thread-safe. */
@Component
public class Correlations {

    private final @Nullable Tracer tracer;

    public Correlations(ObjectProvider<Tracer> tracer) {
        this.tracer = tracer.getIfAvailable();
    }

    /** The id of the request on this thread. */
    public CorrelationId current() {
        Span span = tracer == null ? null : tracer.currentSpan();
        String trace = span == null ? "" : span.context().traceId();
        return trace.isEmpty() ? CorrelationId.random() : new CorrelationId(trace);
    }
}
