package dev.towline.viewer;

import org.jspecify.annotations.Nullable;

/**
 * Decides which values of a type a viewer may see. Implementations are beans and thread-safe, and must not block. A rule runs on every
 * value of its type that a resolver returns, also on cached values, for each viewer and each request.
 */
public interface VisibilityRule<T> {

    /** The type of the values, including its subtypes. */
    Class<T> type();

    /** The value itself, a redacted copy, or null if the viewer may not see it. */
    @Nullable
    T visible(T value, Viewer viewer);

    /**
     * The value as the result of a mutation, which has checked the viewer's right to it: the value itself, a redacted copy, or null. Without
     * a rule of its own it is as visible as elsewhere.
     */
    default @Nullable T visibleAsResult(T value, Viewer viewer) {
        return visible(value, viewer);
    }

    /**
     * The value as part of another object that the viewer sees: the value itself, a redacted copy, or null. Without a rule of its own it is
     * as visible as elsewhere.
     *
     * @param parent the object whose field has the value, as far as the viewer sees it
     */
    default @Nullable T visibleWithin(Object parent, T value, Viewer viewer) {
        return visible(value, viewer);
    }
}
