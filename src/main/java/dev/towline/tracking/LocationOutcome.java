package dev.towline.tracking;

/** The outcome of a fix. */
enum LocationOutcome {
    /** The fix became the current location, and has a place in the trail. */
    STORED,
    /** The fix became the current location, but is too near to the last fix of the trail to have a place in it. */
    LIVE_ONLY,
    /** A fix with this recorded time was accepted before. */
    DUPLICATE,
    /** The fix is older than the current location and was stored in the trail only. */
    LATE,
    /** The fix is impossible, or the session has ended. */
    REJECTED
}
