package dev.towline.store;

import dev.towline.viewer.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * Names one stored entity. Implementations are records, so that keys of different kinds can't be mixed up and equality is by value.
 */
public interface EntityKey {

    /** What kind of entity it names: the {@link Table#entity()} of its table. */
    String entity();

    /** Whose entity it is. */
    Tenant tenant();

    /** The id, unique within the tenant and the table; for a row of a list, the id of its owner. */
    String id();

    /** The sort key within the id, null for tables that have none. */
    default @Nullable String sort() {
        return null;
    }

    /** The same without its type. */
    default EntityRef ref() {
        return new EntityRef(entity(), tenant(), id());
    }
}
