package dev.towline.problem;

import org.jspecify.annotations.Nullable;

/**
 * A request cannot be answered as asked. The message is sent to the caller unchanged, so it never contains a secret, a Java name or
 * another tenant's data. Problems have no stack trace, because they are expected answers and not faults of the service.
 */
public abstract sealed class Problem extends RuntimeException
        permits BadInput, NotFound, Conflict, Unauthenticated, Forbidden, TooComplex, Unavailable {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final @Nullable String argument;
    private final transient @Nullable Limit limit;

    Problem(ProblemCode code, @Nullable String argument, String message, @Nullable Throwable cause) {
        this(code, argument, null, message, cause);
    }

    Problem(
            ProblemCode code,
            @Nullable String argument,
            @Nullable Limit limit,
            String message,
            @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.code = code;
        this.argument = argument;
        this.limit = limit;
    }

    /** A message about one argument, such as {@code `first` must be between 1 and 100.} */
    public static String sentence(String argument, String predicate) {
        return '`' + argument + "` " + predicate;
    }

    /** The stable code that clients may branch on. */
    public ProblemCode code() {
        return code;
    }

    /** The path of the argument at fault, such as {@code input.position.latitude}; null if no single argument is at fault. */
    public @Nullable String argument() {
        return argument;
    }

    /** The limit that the request exceeds, null if it exceeds none. */
    public @Nullable Limit limit() {
        return limit;
    }
}
