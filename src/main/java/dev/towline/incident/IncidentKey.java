package dev.towline.incident;

import dev.towline.store.EntityKey;
import dev.towline.viewer.Tenant;

/** Names an incident. */
public record IncidentKey(Tenant tenant, String id) implements EntityKey {

    @Override
    public String entity() {
        return Incidents.TABLE.entity();
    }
}
