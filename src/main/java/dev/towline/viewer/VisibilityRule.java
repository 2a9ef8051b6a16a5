package dev.towline.viewer;

import java.time.Instant;
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
     * The next time at which this rule may decide otherwise about the same state of the value, {@link Instant#MAX} if that does not depend on
     * the time. An answer with the value is not given again from then on. A rule that looks at a clock must say so here, and it is asked
     * before it decides.
     */
    default Instant sameUntil(T value, Viewer viewer) {
        return Instant.MAX;
    }

    /**
     * Whether this rule looks at more of a viewer than its {@linkplain Viewer#audience audience}. Then an answer with a value of its type is
     * given again to this one viewer only.
     */
    default boolean isPersonal() {
        return true;
    }

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
