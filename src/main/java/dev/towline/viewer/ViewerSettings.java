package dev.towline.viewer;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The viewer of unauthenticated requests.
 *
 * @param unauthenticatedRole their role; if absent, they are refused
 * @param unauthenticatedTenant their tenant
 */
@ConfigurationProperties("towline.viewer")
public record ViewerSettings(
        @Nullable Role unauthenticatedRole,
        @DefaultValue("default") String unauthenticatedTenant) {

    /** @throws IllegalArgumentException if the tenant has no valid name */
    public ViewerSettings {
        if (!Tenant.isName(unauthenticatedTenant)) {
            throw new IllegalArgumentException(
                    "towline.viewer.unauthenticated-tenant: must have 1 to 64 letters, digits, '_' and '-'");
        }
    }
}
