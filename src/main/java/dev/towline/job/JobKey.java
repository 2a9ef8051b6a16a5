package dev.towline.job;

import dev.towline.store.EntityKey;
import dev.towline.viewer.Tenant;

/** The key of a job. */
public record JobKey(Tenant tenant, String id) implements EntityKey {

    @Override
    public String entity() {
        return Jobs.TABLE.entity();
    }
}
