package dev.towline.vendor;

/** Whether a vendor is available for the next job. A vendor is busy during a job, or because it says so. */
public enum Availability {
    AVAILABLE,
    BUSY,
    OFFLINE
}
