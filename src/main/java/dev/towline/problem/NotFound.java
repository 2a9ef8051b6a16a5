package dev.towline.problem;

/** The thing that an argument refers to does not exist, or this viewer may not see it. Callers cannot distinguish the two cases. */
public final class NotFound extends Problem {

    private static final long serialVersionUID = 1L;

    /**
     * @param argument the path of the argument that refers to it
     * @param thing what does not exist, such as {@code a vendor}
     */
    public NotFound(String argument, String thing) {
        super(
                ProblemCode.NOT_FOUND,
                argument,
                sentence(argument, "refers to " + thing + " that does not exist."),
                null);
    }
}
