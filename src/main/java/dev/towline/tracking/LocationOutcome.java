package dev.towline.tracking;

/** The outcome of a fix. */
enum LocationOutcome {
    /** The fix became the current location. */
    STORED,
    /** A fix with this recorded time is already stored. */
    DUPLICATE,
    /** The fix is older than the current location and was stored in the trail only. */
    LATE,
    /** The fix is impossible, or the session has ended. */
    REJECTED
}
