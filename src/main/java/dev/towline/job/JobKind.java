package dev.towline.job;

/** What a job does. Its name is stored, so it must never change. */
public enum JobKind {
    /** Loads vendors from an upload. */
    VENDOR_IMPORT
}
