package dev.towline.incident;

/** How far the help is. */
public enum IncidentStatus {
    /** Known, and nobody is on the way. */
    REPORTED,
    /** A session is active and not in service yet. */
    ASSIGNED,
    /** The session is in service. */
    IN_PROGRESS,
    /** The session was completed. Final. */
    RESOLVED,
    /** Called off. Final. */
    CANCELLED
}
