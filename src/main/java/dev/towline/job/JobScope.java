package dev.towline.job;

import dev.towline.viewer.Tenant;

/** Whose work a job does. */
public enum JobScope {
    /** That of one tenant. */
    TENANT,
    /** That of all tenants together. */
    SERVICE;

    /** The tenant that the jobs belong to which a viewer of that tenant means. */
    Tenant of(Tenant viewers) {
        return this == SERVICE ? Tenant.SERVICE : viewers;
    }
}
