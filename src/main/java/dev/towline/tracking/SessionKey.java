package dev.towline.tracking;

import dev.towline.store.EntityKey;
import dev.towline.viewer.Tenant;

/** The key of a tracking session. */
public record SessionKey(Tenant tenant, String id) implements EntityKey {

    @Override
    public String entity() {
        return Sessions.TABLE.entity();
    }
}
