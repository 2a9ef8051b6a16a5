package dev.towline.problem;

/** The request itself is wrong. Sending it again unchanged cannot succeed. */
public final class BadInput extends Problem {

    private static final long serialVersionUID = 1L;

    /**
     * @param argument the path of the argument at fault, such as {@code input.position.latitude}
     * @param predicate the rest of the message after the argument's name, such as {@code must be between -90 and 90 degrees.}
     */
    public BadInput(String argument, String predicate) {
        super(ProblemCode.BAD_INPUT, argument, sentence(argument, predicate), null);
    }

    /** The same for a request that exceeds a limit. */
    public BadInput(String argument, String predicate, Limit limit) {
        super(ProblemCode.BAD_INPUT, argument, limit, sentence(argument, predicate), null);
    }
}
