package dev.towline.problem;

import org.jspecify.annotations.Nullable;

/**
 * Why a request cannot be answered, in words for its caller. The message leaves the service as it is: it never holds a secret, a
 * Java name or another tenant's data. Without a stack trace: it is an answer, not a fault.
 */
public abstract sealed class Problem extends RuntimeException
        permits BadInput, NotFound, Conflict, Unauthenticated, Forbidden, Unavailable {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final @Nullable String argument;

    Problem(ProblemCode code, @Nullable String argument, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.code = code;
        this.argument = argument;
    }

    /** The stable code that clients may branch on. */
    public ProblemCode code() {
        return code;
    }

    /** The path of the argument at fault, such as {@code input.position.latitude}; null if no single one is. */
    public @Nullable String argument() {
        return argument;
    }
}
