package dev.towline.tracking;

/** The argument of {@code updateSessionStatus}. */
record UpdateSessionStatusInput(String sessionId, SessionStatus status) {}
