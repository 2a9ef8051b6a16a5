package dev.towline.observability;

import io.micrometer.tracing.exporter.FinishedSpan;
import io.micrometer.tracing.exporter.SpanFilter;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Removes the events from spans before they are exported. Spring adds the messages of errors as events, and graphql-java quotes the values of
 * the request in them, which may be positions. The log has the errors under the id of the trace. Thread-safe.
 */
@Component
final class SpanPrivacy implements SpanFilter {

    @Override
    public FinishedSpan map(FinishedSpan span) {
        return span.setEvents(List.of());
    }
}
