package dev.towline.edge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;

class TracingConfigurationTests {

    private static final class Forgetful implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    @Test
    void recordsNoTraceThatNobodyReceives() {
        var span = span(SpanExporters.of());

        assertThat(span.isRecording()).isFalse();
        // the log needs the id all the same
        assertThat(span.getSpanContext().isValid()).isTrue();
    }

    @Test
    void recordsForAnExporter() {
        assertThat(span(SpanExporters.of(new Forgetful())).isRecording()).isTrue();
    }

    private static Span span(SpanExporters exporters) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("exporters", exporters));
        EarlySampler sampler = (EarlySampler)
                Objects.requireNonNull(TracingConfiguration.earlySampler(beans.getBeanProvider(SpanExporters.class))
                        .postProcessAfterInitialization(Sampler.alwaysOn(), "sampler"));
        assertThat(sampler.decide(null)).isEqualTo(!exporters.list().isEmpty());
        try (SdkTracerProvider traces = SdkTracerProvider.builder()
                .setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(new Forgetful()))
                .build()) {
            return traces.get("test").spanBuilder("anything").startSpan();
        }
    }
}
