package dev.towline.store;

import dev.towline.viewer.Tenant;
import org.jspecify.annotations.Nullable;

/** The key of a stored entity. Implementations are records, so that keys of different kinds are different types with value equality. */
public interface EntityKey {

    /** The kind of the entity: the {@link Table#entity()} of its table. */
    String entity();

    /** The tenant that owns the entity. */
    Tenant tenant();

    /** The id, unique within the tenant and the table; for a row of a list, the id of its owner. */
    String id();

    /** The sort key within the id, null for tables that have none. */
    default @Nullable String sort() {
        return null;
    }

    /** A hash of the tenant and the id, without the sort key: the same in every process and version of the service. */
    default int ownerHash() {
        return 31 * tenant().name().hashCode() + id().hashCode();
    }

    /** The untyped reference to the same entity. */
    default EntityRef ref() {
        return new EntityRef(entity(), tenant(), id());
    }
}
