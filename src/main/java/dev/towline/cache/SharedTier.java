package dev.towline.cache;

import dev.towline.store.EntityKey;
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

    /** Drops all shared values, if entities of one of these kinds are shared. Does not block. */
    void dropAllIfShared(Predicate<String> kinds);
}
