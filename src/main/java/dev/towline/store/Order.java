package dev.towline.store;

/** Which way a list runs along its sort key. */
public enum Order {
    /** From the smallest sort key. */
    ASCENDING,
    /** From the greatest sort key. */
    DESCENDING
}
