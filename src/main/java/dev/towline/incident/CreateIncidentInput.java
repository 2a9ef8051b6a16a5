package dev.towline.incident;

import dev.towline.geo.PositionInput;
import org.jspecify.annotations.Nullable;

/** The argument of {@code createIncident}. */
record CreateIncidentInput(
        IncidentKind kind,
        PositionInput position,
        @Nullable String description,
        @Nullable String clientToken) {}
