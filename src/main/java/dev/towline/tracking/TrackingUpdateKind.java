package dev.towline.tracking;

/** The kind of an update. */
enum TrackingUpdateKind {
    /** The current state. */
    SNAPSHOT,
    /** The vehicle moved. */
    LOCATION,
    /** The status changed. */
    STATUS,
    /** The status changed for the last time. */
    ENDED
}
