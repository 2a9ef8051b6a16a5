package dev.towline.problem;

/** Nobody could be recognised behind the request. */
public final class Unauthenticated extends Problem {

    private static final long serialVersionUID = 1L;

    public Unauthenticated() {
        super(ProblemCode.UNAUTHENTICATED, null, "Say who you are: this service answers only to a known viewer.", null);
    }
}
