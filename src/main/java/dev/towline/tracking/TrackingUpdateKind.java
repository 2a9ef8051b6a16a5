package dev.towline.tracking;

/** What an update tells. */
enum TrackingUpdateKind {
    /** The present state. */
    SNAPSHOT,
    /** The vehicle moved. */
    LOCATION,
    /** The status changed. */
    STATUS,
    /** The status changed for the last time. */
    ENDED
}
