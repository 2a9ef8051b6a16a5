package dev.towline.share;

/** The argument of {@code revokeShareLink}. */
record RevokeShareLinkInput(String shareLinkId) {}
