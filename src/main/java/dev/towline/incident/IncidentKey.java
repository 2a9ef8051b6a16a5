package dev.towline.incident;

import dev.towline.store.EntityKey;
import dev.towline.viewer.Tenant;

/** The key of an incident. */
public record IncidentKey(Tenant tenant, String id) implements EntityKey {

    @Override
    public String entity() {
        return Incidents.TABLE.entity();
    }
}
