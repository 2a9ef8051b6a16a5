package dev.towline.tracking;

/** The kind of an update. */
enum TrackingUpdateKind {
    /** The current state. */
    SNAPSHOT,
    /** The vehicle moved. */
    LOCATION,
    /** The status changed. */
    STATUS,
    /** Changes were lost. */
    GAP,
    /** The status changed for the last time. */
    ENDED
}
