package dev.towline.problem;

/** The request has no valid credentials. */
public final class Unauthenticated extends Problem {

    private static final long serialVersionUID = 1L;

    public Unauthenticated() {
        super(ProblemCode.UNAUTHENTICATED, null, "The request has no valid credentials.", null);
    }
}
