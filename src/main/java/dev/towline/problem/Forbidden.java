package dev.towline.problem;

/** The viewer may not do this. */
public final class Forbidden extends Problem {

    private static final long serialVersionUID = 1L;

    /** @param message who may do it */
    public Forbidden(String message) {
        super(ProblemCode.FORBIDDEN, null, message, null);
    }
}
