package dev.towline.tracking;

/** The progress of a job, in its order. */
enum SessionStatus {
    ASSIGNED,
    EN_ROUTE,
    ARRIVED,
    IN_SERVICE,
    COMPLETED,
    CANCELLED;

    /** Whether this status is final. */
    boolean isEnd() {
        return this == COMPLETED || this == CANCELLED;
    }

    /** Whether the vehicle is still on its way. */
    boolean isUnderway() {
        return this == ASSIGNED || this == EN_ROUTE;
    }

    /** Whether the other status may follow: each later one, also if steps between are skipped. */
    boolean mayBecome(SessionStatus next) {
        return !isEnd() && next.compareTo(this) > 0;
    }
}
