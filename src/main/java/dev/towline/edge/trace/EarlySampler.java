package dev.towline.edge.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A sampler that can be asked before there is a span, so that a request whose trace is not recorded needs none. Thread-safe. */
public final class EarlySampler implements Sampler {

    private static final String TRACE_PARENT = "traceparent";

    private static final ScopedValue<Boolean> IS_SAMPLED = ScopedValue.newInstance();

    private static final TextMapGetter<String> ONLY_HEADER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String header) {
            return List.of(TRACE_PARENT);
        }

        @Override
        public @Nullable String get(@Nullable String header, String name) {
            return name.equals(TRACE_PARENT) ? header : null;
        }
    };

    private final Sampler sampler;

    /** @param sampler the sampler that decides */
    EarlySampler(Sampler sampler) {
        this.sampler = sampler;
    }

    /**
     * Whether the trace of a request is to be recorded. Each call decides anew, save where the client has decided.
     *
     * @param traceParent the header of that name (W3C Trace Context), null if there is none
     */
    public boolean decide(@Nullable String traceParent) {
        Context parent = traceParent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceParent, ONLY_HEADER);
        SpanContext caller = Span.fromContext(parent).getSpanContext();
        String traceId =
                caller.isValid() ? caller.getTraceId() : IdGenerator.random().generateTraceId();
        return sampler.shouldSample(parent, traceId, "", SpanKind.SERVER, Attributes.empty(), List.of())
                        .getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE;
    }

    /** Starts a span after the decision to record it. */
    public static <T> T startSampled(Supplier<T> start) {
        return ScopedValue.where(IS_SAMPLED, true).call(start::get);
    }

    @Override
    public SamplingResult shouldSample(
            Context parent,
            String traceId,
            String name,
            SpanKind kind,
            Attributes attributes,
            List<LinkData> parentLinks) {
        return IS_SAMPLED.isBound()
                ? SamplingResult.recordAndSample()
                : sampler.shouldSample(parent, traceId, name, kind, attributes, parentLinks);
    }

    @Override
    public String getDescription() {
        return sampler.getDescription();
    }
}
