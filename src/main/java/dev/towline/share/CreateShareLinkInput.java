package dev.towline.share;

/** The argument of {@code createShareLink}. */
record CreateShareLinkInput(String sessionId, int expiresInMinutes) {}
