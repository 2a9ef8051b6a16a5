package dev.towline.cache.warmup;

import dev.towline.store.EntityKey;
import dev.towline.viewer.Tenant;
import java.util.Optional;

/** The key of an entity in the ranking. Its member has the form {@code tenant/id}. */
record RankedKey(String entity, Tenant tenant, String id) implements EntityKey {

    private static final char SEPARATOR = '/';

    static String member(EntityKey key) {
        return key.tenant().name() + SEPARATOR + key.id();
    }

    /** Parses a member of the ranking; empty if it is malformed. */
    static Optional<RankedKey> of(String entity, String member) {
        int end = member.indexOf(SEPARATOR);
        return end > 0 && Tenant.isName(member.substring(0, end))
                ? Optional.of(new RankedKey(entity, new Tenant(member.substring(0, end)), member.substring(end + 1)))
                : Optional.empty();
    }
}
