package dev.towline.job;

/** What a job does. Its name is stored, so it must never change. */
public enum JobKind {
    /** Loads vendors from an upload. */
    VENDOR_IMPORT,
    /** Compares the position indexes of vendors with the database. */
    VENDOR_RECONCILIATION,
    /** Rebuilds the position indexes of vendors after they may have lost something. */
    VENDOR_INDEX_REBUILD
}
