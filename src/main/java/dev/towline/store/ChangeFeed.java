package dev.towline.store;

/** The changes of other instances. Thread-safe. */
@FunctionalInterface
public interface ChangeFeed {

    /**
     * Whether the changes of other instances provably arrive here, shortly after they were written. If not, some may be missing. Never
     * blocks; cheap.
     */
    boolean isProven();
}
