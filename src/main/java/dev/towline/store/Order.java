package dev.towline.store;

/** The direction of a list by its sort key. */
public enum Order {
    /** Smallest sort key first. */
    ASCENDING,
    /** Greatest sort key first. */
    DESCENDING
}
