package dev.towline.tracking;

/** What became of a fix. */
enum LocationOutcome {
    /** Kept: it is, or was, the current location. */
    STORED,
    /** There is a fix with this recorded time already. */
    DUPLICATE,
    /** Older than the current location: kept in the trail only. */
    LATE,
    /** Cannot be true, or the session has ended. */
    REJECTED
}
