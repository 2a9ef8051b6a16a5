package dev.towline.cache;

import dev.towline.store.EntityKey;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The second tier: values that all instances share, so that what one has loaded spares the others a load. Whatever fails is a miss.
 * Blocking where nothing else is said, thread-safe.
 */
public interface SharedTier {

    /** The id of the present generation, null while nothing can be shared. Get it before you read what you want to share. Does not block. */
    @Nullable
    String generation();

    /**
     * Finds what is shared of these, in one round trip for each tenant among them.
     *
     * @param isGood whether an entry will do
     */
    <K extends EntityKey> Map<K, EntityEntry> find(Collection<K> keys, BiPredicate<? super K, EntityEntry> isGood);

    /**
     * Shares what was read.
     *
     * @param generation the one in which the read began; null: nothing is shared
     */
    <K extends EntityKey> void keep(@Nullable String generation, Map<K, EntityEntry> read);

    /** Finds a computed value, and takes a lease for the one that is computed where there is none. One round trip. */
    Found find(ComputedKey key);

    /**
     * What is shared of a computed value.
     *
     * @param entry null: nothing of use
     * @param lease null: what is computed now cannot be shared
     */
    record Found(@Nullable ComputedEntry entry, @Nullable Lease lease) {

        /** Nothing, and nothing can be shared. */
        public static final Found NOTHING = new Found(null, null);
    }

    /** The right to share what is computed from now on; void after a change. */
    @FunctionalInterface
    interface Lease {

        /**
         * Shares a value, unless something it may depend on has changed since the lease was taken.
         *
         * @param use how long it is good for those who ask
         */
        void keep(ComputedEntry computed, Duration use);
    }

    /** Drops everything that was computed from entities of the tenant. */
    void dropComputed(Tenant tenant);

    /** Drops everything that is shared, if any entities of these kinds are. Does not block. */
    void dropEntities(Predicate<String> kinds);
}
