package dev.towline.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One lookup of a cached field that the memory of this instance could not answer: goes with its key into the batch, which writes down what
 * came of it before it completes.
 */
final class KeyContext {

    final CachePolicy policy;

    /** Why the memory could not answer. */
    final LookupResult missed;

    /** What the batch made of it; null where another lookup of the same request was answered for both. */
    volatile @Nullable LookupResult outcome;

    KeyContext(CachePolicy policy, LookupResult missed) {
        this.policy = policy;
        this.missed = missed;
    }

    /** What to say of an entry that was read for this lookup. */
    LookupResult loaded(EntityEntry entry, boolean isJoined) {
        Duration good = policy.ttlOf(entry);
        return new LookupResult(
                CacheStatus.MISS,
                isJoined ? Tier.FLIGHT : Tier.STORE,
                missed.reason(),
                null,
                good.isZero() ? null : good);
    }
}
