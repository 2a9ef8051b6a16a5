package dev.towline.dispatch;

/** What changed. */
enum DispatchChangeKind {
    /** An incident. */
    INCIDENT,
    /** A tracking session. */
    SESSION,
    /** A vendor. */
    VENDOR,
    /** Changes may be missing before this: the board must load its lists anew. */
    RESET
}
