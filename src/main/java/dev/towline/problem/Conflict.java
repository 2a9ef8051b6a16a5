package dev.towline.problem;

import org.jspecify.annotations.Nullable;

/** The present state does not allow the step. */
public final class Conflict extends Problem {

    private static final long serialVersionUID = 1L;

    /**
     * @param argument the path of the argument that asks for it, null if no single one does
     * @param message the state that is and the state that was asked for
     */
    public Conflict(@Nullable String argument, String message) {
        super(ProblemCode.CONFLICT, argument, message, null);
    }
}
