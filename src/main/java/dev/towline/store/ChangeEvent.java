package dev.towline.store;

import java.util.List;

/** What the {@link ChangeStage}s are told: what was written, what may have been written, or that nobody knows. */
public sealed interface ChangeEvent {

    /**
     * One write, or one transaction, was applied.
     *
     * @param changes everything that it changed, in the order in which it was given
     * @param origin who wrote
     */
    record Applied(List<Change> changes, Origin origin) implements ChangeEvent {

        public Applied {
            changes = List.copyOf(changes);
        }

        /** The changes that are about entities; the others are about rows of lists, which no cache holds. */
        public List<Change> entities() {
            return changes.stream()
                    .filter(change -> change.key().sort() == null)
                    .toList();
        }

        /** Whether this instance wrote. */
        public boolean isLocal() {
            return origin == Origin.LOCAL;
        }
    }

    /**
     * The database did not say whether a write of this instance was applied.
     *
     * @param keys of the entities that it may have changed
     */
    record Doubt(List<EntityKey> keys) implements ChangeEvent {

        public Doubt {
            keys = List.copyOf(keys);
        }
    }

    /** This instance may have missed changes of other instances. */
    record Gap(Reason reason) implements ChangeEvent {

        /** Whether every instance that listens has missed the same, so that what instances share may be old as well. */
        public boolean isCommon() {
            return switch (reason) {
                case LOST, SILENCE, REDIS_CHANGED -> true;
                case BEFORE, UNREADABLE -> false;
            };
        }
    }

    /** Which instance wrote. */
    enum Origin {
        /** This one. */
        LOCAL,
        /** Another one, which told of it. */
        REMOTE
    }

    /** Why changes may have been missed. */
    enum Reason {
        /** A publisher's numbers have a hole, a frame could not be read, or this instance did not listen for a while. */
        LOST,
        /** Changes from before this instance began to listen, or from before it first heard of a publisher. */
        BEFORE,
        /** A publisher fell silent without a goodbye. */
        SILENCE,
        /** Redis is another one than before, or was started again. */
        REDIS_CHANGED,
        /** A message is of a layout, or about a kind of entity, that this instance does not know. */
        UNREADABLE
    }
}
