package dev.towline.store;

/** The changes of other instances. Thread-safe. */
@FunctionalInterface
public interface ChangeFeed {

    /**
     * Whether the changes of other instances provably arrive here, shortly after they were written, of whichever entity. If not, some may
     * be missing. Never blocks; cheap.
     */
    boolean isProven();

    /**
     * Whether that holds for the changes of this entity. It may hold while it does not for others, because changes of different entities
     * may come on different channels. Never blocks; cheap.
     */
    default boolean isProven(EntityKey entity) {
        return isProven();
    }
}
