package dev.towline.problem;

/** The request itself is wrong, wherever and whenever it is sent. */
public final class BadInput extends Problem {

    private static final long serialVersionUID = 1L;

    /**
     * @param argument the path of the argument at fault, such as {@code input.position.latitude}
     * @param message what is wrong with it and what would be right
     */
    public BadInput(String argument, String message) {
        super(ProblemCode.BAD_INPUT, argument, message, null);
    }
}
