package dev.towline.viewer;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who a request is from that nobody vouches for.
 *
 * @param unauthenticatedRole the role that such a request gets; absent: it is refused
 * @param unauthenticatedTenant the tenant that such a request sees
 */
@ConfigurationProperties("towline.viewer")
record ViewerSettings(
        @Nullable Role unauthenticatedRole,
        @DefaultValue("default") String unauthenticatedTenant) {

    ViewerSettings {
        if (!Tenant.isName(unauthenticatedTenant)) {
            throw new IllegalArgumentException(
                    "towline.viewer.unauthenticated-tenant: 1 to 64 of letters, digits, '_' and '-'");
        }
    }
}
