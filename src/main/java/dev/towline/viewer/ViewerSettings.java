package dev.towline.viewer;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The viewer of unauthenticated requests.
 *
 * @param unauthenticatedRole their role, OPERATOR or DISPATCHER; if absent, they are refused
 * @param unauthenticatedTenant their tenant
 * @param unauthenticatedHosts the names of the service in their URLs, without a port; empty: any. If they are named, a page that resolves a
 *     name of its own to an address of the service cannot use the role (DNS rebinding)
 */
@ConfigurationProperties("towline.viewer")
public record ViewerSettings(
        @Nullable Role unauthenticatedRole,
        @DefaultValue("default") String unauthenticatedTenant,
        @DefaultValue Set<String> unauthenticatedHosts) {

    /** @throws IllegalArgumentException if the role or the tenant is not valid, with the name of the setting */
    public ViewerSettings {
        if (unauthenticatedRole != null && !unauthenticatedRole.isStaff()) {
            throw new IllegalArgumentException(
                    "towline.viewer.unauthenticated-role: must be OPERATOR or DISPATCHER, because everybody would be"
                            + " the same " + unauthenticatedRole);
        }
        unauthenticatedHosts = Set.copyOf(unauthenticatedHosts);
        if (!Tenant.isName(unauthenticatedTenant)) {
            throw new IllegalArgumentException(
                    "towline.viewer.unauthenticated-tenant: must have 1 to 64 letters, digits, '_' and '-'");
        }
    }
}
