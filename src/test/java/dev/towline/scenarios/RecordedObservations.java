package dev.towline.scenarios;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Keeps what the service observes, also in traces that are not recorded. Thread-safe. */
@Order(Ordered.LOWEST_PRECEDENCE)
final class RecordedObservations implements ObservationHandler<Observation.Context> {

    /**
     * An observation.
     *
     * @param parent the name of its parent, null if it has none
     */
    record Recorded(
            String trace, @Nullable String name, @Nullable String parent) {}

    private final List<Recorded> all = new CopyOnWriteArrayList<>();

    /** Those of all traces. */
    List<Recorded> all() {
        return List.copyOf(all);
    }

    /** Those of a trace. */
    List<Recorded> of(String trace) {
        return all.stream().filter(each -> each.trace.equals(trace)).toList();
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return true;
    }

    @Override
    public void onStart(Observation.Context context) {
        TracingContext trace = context.get(TracingContext.class);
        ObservationView parent = context.getParentObservation();
        if (trace != null && trace.getSpan() != null) {
            all.add(new Recorded(
                    trace.getSpan().context().traceId(),
                    Objects.requireNonNull(context.getName()),
                    parent == null ? null : parent.getContextView().getName()));
        }
    }
}
