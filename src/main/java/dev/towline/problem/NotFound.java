package dev.towline.problem;

/** What an argument refers to does not exist, or not for this viewer: the two are told alike. */
public final class NotFound extends Problem {

    private static final long serialVersionUID = 1L;

    /**
     * @param argument the path of the argument that refers to it
     * @param message what was not found
     */
    public NotFound(String argument, String message) {
        super(ProblemCode.NOT_FOUND, argument, message, null);
    }
}
