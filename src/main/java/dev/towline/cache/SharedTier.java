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
 * The second tier: values in Redis that all instances share, so that each value is loaded once for all of them. A failure is a miss.
 * Blocking unless noted, thread-safe.
 */
public interface SharedTier {

    /**
     * The id of the current generation, null if nothing can be shared now. All shared values belong to one generation; when it ends, no
     * instance uses them any more. Get it before you read the values to share. Does not block.
     */
    @Nullable
    String generation();

    /**
     * Finds shared entities, in one round trip for each tenant.
     *
     * @param isGood whether an entry can be served without a load
     */
    <K extends EntityKey> Map<K, EntityEntry> find(Collection<K> keys, BiPredicate<? super K, EntityEntry> isGood);

    /**
     * Shares loaded entities.
     *
     * @param generation the generation when the load began; null if nothing can be shared
     * @param read the loaded entities
     */
    <K extends EntityKey> void keep(@Nullable String generation, Map<K, EntityEntry> read);

    /** Finds a computed value. If there is none, takes the lease to share the value that the caller computes. One round trip. */
    Found find(ComputedKey key);

    /**
     * The result of a lookup.
     *
     * @param entry the entry; null if there is no usable one
     * @param lease the lease; null if the value that is computed now cannot be shared
     */
    record Found(@Nullable ComputedEntry entry, @Nullable Lease lease) {

        /** No entry and no lease. */
        public static final Found NOTHING = new Found(null, null);
    }

    /** The right to share a value that is computed after the lease was taken. A change voids it. */
    @FunctionalInterface
    interface Lease {

        /**
         * Shares a value, unless a change after the lease was taken may affect it.
         *
         * @param lifetime the maximum lifetime of the value: the TTL of the field, or its maximum TTL if the field has {@code renew}
         */
        void keep(ComputedEntry computed, Duration lifetime);
    }

    /** Drops all computed values of the tenant. */
    void dropComputed(Tenant tenant);

    /** Drops all shared values, if entities of one of these kinds are shared. Does not block. */
    void dropAllIfShared(Predicate<String> kinds);
}
