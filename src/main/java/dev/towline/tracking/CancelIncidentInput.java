package dev.towline.tracking;

import org.jspecify.annotations.Nullable;

/** The argument of {@code cancelIncident}. */
record CancelIncidentInput(String incidentId, @Nullable String reason) {}
