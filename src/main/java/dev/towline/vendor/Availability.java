package dev.towline.vendor;

/** Whether a vendor takes jobs. */
public enum Availability {
    AVAILABLE,
    BUSY,
    OFFLINE
}
