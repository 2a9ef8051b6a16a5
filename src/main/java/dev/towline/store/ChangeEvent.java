package dev.towline.store;

import java.util.List;

/** An event that passes all {@link ChangeStage}s: an applied write, a write with an unknown outcome, or a gap. */
public sealed interface ChangeEvent {

    /**
     * A write or transaction that was applied.
     *
     * @param changes all its changes, in the order of the write requests
     * @param origin which instance wrote
     */
    record Applied(List<Change> changes, Origin origin) implements ChangeEvent {

        public Applied {
            changes = List.copyOf(changes);
        }

        /** The changes of entities, without those of rows in sorted tables, which no cache contains. */
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
     * A write of this instance whose outcome is unknown.
     *
     * @param keys the entities that the write may have changed
     */
    record Doubt(List<EntityKey> keys) implements ChangeEvent {

        public Doubt {
            keys = List.copyOf(keys);
        }
    }

    /** This instance may have missed changes of other instances. */
    record Gap(Reason reason) implements ChangeEvent {

        /** Whether all instances may have missed the same changes, so that values shared in Redis may be outdated too. */
        public boolean isCommon() {
            return switch (reason) {
                case LOST, SILENCE, REDIS_CHANGED, TABLES_REPLACED -> true;
                case BEFORE, UNREADABLE -> false;
            };
        }
    }

    /** Which instance wrote. */
    enum Origin {
        /** This instance. */
        LOCAL,
        /** Another instance, which published the change on the bus. */
        REMOTE
    }

    /** Why changes may have been missed. */
    enum Reason {
        /** The message numbers of a publisher have a hole, a frame could not be read, or the subscription was interrupted. */
        LOST,
        /** Changes from before the subscription began, or from before the first message of a new publisher. */
        BEFORE,
        /** A publisher stopped sending heartbeats without a goodbye. */
        SILENCE,
        /** Redis was restarted or replaced. */
        REDIS_CHANGED,
        /** A table was replaced, for example by a backup, so that it may have older versions than before. */
        TABLES_REPLACED,
        /** A message has a layout, or an entity of a kind, that this instance does not support. */
        UNREADABLE
    }
}
