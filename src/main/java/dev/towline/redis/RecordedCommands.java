package dev.towline.redis;

import dev.towline.trace.Sampling;
import io.lettuce.core.tracing.TraceContext;
import io.lettuce.core.tracing.TraceContextProvider;
import io.lettuce.core.tracing.Tracer;
import io.lettuce.core.tracing.TracerProvider;
import io.lettuce.core.tracing.Tracing;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.net.SocketAddress;

/**
 * Observes a command only as part of a recorded trace. In other traces its span would go nowhere. A command of no request, such as a
 * heartbeat, would begin a trace of its own. Thread-safe.
 */
final class RecordedCommands implements Tracing {

    private final ObservationRegistry observations;
    private final Tracing tracing;
    private final Tracer tracer;

    /** @param tracing observes every command */
    RecordedCommands(ObservationRegistry observations, Tracing tracing) {
        this.observations = observations;
        this.tracing = tracing;
        this.tracer = new RecordedOnly(tracing.getTracerProvider().getTracer());
    }

    /** Lettuce makes spans on its own thread, so only the context that the caller's thread gave tells the trace. */
    private static final class RecordedOnly extends Tracer {

        private static final Span UNRECORDED =
                Tracing.disabled().getTracerProvider().getTracer().nextSpan();

        private final Tracer all;

        RecordedOnly(Tracer all) {
            this.all = all;
        }

        @Override
        public Span nextSpan() {
            return UNRECORDED;
        }

        @Override
        public Span nextSpan(TraceContext context) {
            return context.equals(TraceContext.EMPTY) ? UNRECORDED : all.nextSpan(context);
        }
    }

    @Override
    public TracerProvider getTracerProvider() {
        return () -> tracer;
    }

    @Override
    public TraceContextProvider initialTraceContextProvider() {
        return this::current;
    }

    /** That of the command which this thread sends now. */
    private TraceContext current() {
        Observation observation = observations.getCurrentObservation();
        return observation != null && Sampling.mayBeSampled(observation)
                ? tracing.initialTraceContextProvider().getTraceContext()
                : TraceContext.EMPTY;
    }

    @Override
    public boolean isEnabled() {
        return true;
    }

    @Override
    public boolean includeCommandArgsInSpanTags() {
        return tracing.includeCommandArgsInSpanTags();
    }

    @Override
    public Endpoint createEndpoint(SocketAddress address) {
        return tracing.createEndpoint(address);
    }
}
