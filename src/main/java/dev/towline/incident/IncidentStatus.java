package dev.towline.incident;

/** The progress of the help. */
public enum IncidentStatus {
    /** Reported, without an active session. */
    REPORTED,
    /** A session is active and not in service yet. */
    ASSIGNED,
    /** The session is in service. */
    IN_PROGRESS,
    /** The session was completed. Final. */
    RESOLVED,
    /** Cancelled. Final. */
    CANCELLED;

    /** Whether it is final. */
    public boolean isEnd() {
        return this == RESOLVED || this == CANCELLED;
    }
}
