package dev.towline.problem;

import org.jspecify.annotations.Nullable;

/** The current state does not allow the requested step. */
public final class Conflict extends Problem {

    private static final long serialVersionUID = 1L;

    /**
     * @param argument the path of the argument that requests the step, null if no single argument does
     * @param message the current state and the requested one
     */
    public Conflict(@Nullable String argument, String message) {
        super(ProblemCode.CONFLICT, argument, message, null);
    }
}
