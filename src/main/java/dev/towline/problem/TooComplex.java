package dev.towline.problem;

/** The request exceeds a limit that holds before its execution. Nothing of it was executed. */
public final class TooComplex extends Problem {

    private static final long serialVersionUID = 1L;

    /** @param message what must be less, with the allowed value */
    public TooComplex(Limit limit, String message) {
        super(ProblemCode.TOO_COMPLEX, null, limit, message, null);
    }
}
