package dev.towline.cache.warmup;

import dev.towline.store.EntityKey;
import dev.towline.viewer.Tenant;
import java.util.Optional;

/** Names an entity as it is ranked: {@code tenant/id}. */
record RankedKey(String entity, Tenant tenant, String id) implements EntityKey {

    private static final char BETWEEN = '/';

    static String member(EntityKey key) {
        return key.tenant().name() + BETWEEN + key.id();
    }

    /** Of a member of the ranking; empty if it is none. */
    static Optional<RankedKey> of(String entity, String member) {
        int end = member.indexOf(BETWEEN);
        return end > 0 && Tenant.isName(member.substring(0, end))
                ? Optional.of(new RankedKey(entity, new Tenant(member.substring(0, end)), member.substring(end + 1)))
                : Optional.empty();
    }
}
