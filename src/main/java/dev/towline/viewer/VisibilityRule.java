package dev.towline.viewer;

import org.jspecify.annotations.Nullable;

/**
 * What viewers may see of values of one type. Implementations are beans and thread-safe. Each runs on every such value that a resolver yields,
 * wherever it came from, for this viewer and at this moment: nothing that a rule hides is ever shown because somebody else may see it, or
 * because this viewer could a while ago. It must not block.
 */
public interface VisibilityRule<T> {

    /** What it is about; also values of subtypes. */
    Class<T> type();

    /** What this viewer may see of the value now: the value itself, less of it, or null for nothing. */
    @Nullable
    T visible(T value, Viewer viewer);
}
