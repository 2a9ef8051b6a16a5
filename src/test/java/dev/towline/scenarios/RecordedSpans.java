package dev.towline.scenarios;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what the service would send to a collector of traces. Thread-safe. */
final class RecordedSpans implements SpanExporter {

    private final List<SpanData> spans = new CopyOnWriteArrayList<>();

    /** Everything that each span has, as text. */
    List<String> texts() {
        return spans.stream()
                .map(span -> "%s %s %s %s %s"
                        .formatted(
                                span.getName(),
                                span.getAttributes(),
                                span.getEvents(),
                                span.getStatus(),
                                span.getResource()))
                .toList();
    }

    /** Those of a trace that have ended. */
    List<SpanData> of(String trace) {
        return spans.stream().filter(span -> span.getTraceId().equals(trace)).toList();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> exported) {
        spans.addAll(exported);
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
