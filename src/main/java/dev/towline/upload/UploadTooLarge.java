package dev.towline.upload;

import dev.towline.problem.Limit;

/** A file exceeds a limit. Its message is for whoever sends it. */
public final class UploadTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Limit limit;

    UploadTooLarge(Limit limit, String message) {
        super(message, null, false, false);
        this.limit = limit;
    }

    /** The limit. */
    public Limit limit() {
        return limit;
    }
}
