package dev.towline.cache;

import dev.towline.resolver.Cancellation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A lookup that the memory of this instance could not answer. It is passed to the batch as the context of its key. The batch sets the
 * outcome before it completes.
 */
final class KeyContext {

    final CachePolicy policy;

    /** The lookup result in the memory of this instance. */
    final LookupResult missed;

    /** The lookup result of the batch; null if the DataLoader answered this lookup from an earlier one of the same request. */
    volatile @Nullable LookupResult outcome;

    /** Of the operation that looks up, null if nothing cancels it. */
    final @Nullable Cancellation cancellation;

    KeyContext(CachePolicy policy, LookupResult missed, @Nullable Cancellation cancellation) {
        this.policy = policy;
        this.missed = missed;
        this.cancellation = cancellation;
    }

    /** The lookup result for an entry that was loaded. */
    LookupResult loaded(EntityEntry entry, boolean isJoined) {
        Duration ttl = policy.ttlOf(entry);
        return new LookupResult(
                CacheStatus.MISS,
                isJoined ? Tier.FLIGHT : Tier.STORE,
                missed.reason(),
                null,
                ttl.isZero() ? null : ttl);
    }
}
