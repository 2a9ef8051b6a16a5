package dev.towline.tracking;

/** How far the vendor is, in the order in which a job goes. */
enum SessionStatus {
    ASSIGNED,
    EN_ROUTE,
    ARRIVED,
    IN_SERVICE,
    COMPLETED,
    CANCELLED;

    /** Whether nothing comes after it. */
    boolean isEnd() {
        return this == COMPLETED || this == CANCELLED;
    }

    /** Whether the vehicle is still on its way. */
    boolean isUnderway() {
        return this == ASSIGNED || this == EN_ROUTE;
    }

    /** Whether the other may follow: every scheduler step, also when steps between are left out, never an earlier one. */
    boolean mayBecome(SessionStatus next) {
        return !isEnd() && next.compareTo(this) > 0;
    }
}
