package dev.towline.problem;

import org.jspecify.annotations.Nullable;

/** Something the service needs did not answer in time. The request may or may not have been carried out. */
public final class Unavailable extends Problem {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what the caller can do
     * @param cause for the log only
     */
    public Unavailable(String message, @Nullable Throwable cause) {
        super(ProblemCode.UNAVAILABLE, null, message, cause);
    }
}
