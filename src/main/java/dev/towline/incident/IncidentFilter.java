package dev.towline.incident;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The filter of {@code listIncidents}. */
record IncidentFilter(@Nullable List<IncidentStatus> statuses) {

    /** The statuses of the filter; all without a filter. */
    static Set<IncidentStatus> statusesOf(@Nullable IncidentFilter filter) {
        EnumSet<IncidentStatus> statuses = EnumSet.allOf(IncidentStatus.class);
        if (filter != null && filter.statuses != null) {
            statuses.retainAll(filter.statuses);
        }
        return statuses;
    }
}
