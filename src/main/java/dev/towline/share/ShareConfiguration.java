package dev.towline.share;

import dev.towline.store.Table;
import dev.towline.viewer.FieldRoles;
import dev.towline.viewer.Role;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ShareConfiguration {

    private static final Set<Role> WHO_SHARES = Set.of(Role.OPERATOR, Role.DISPATCHER, Role.CALLER);

    private static final Map<String, Set<Role>> ROLES = Map.of(
            "Query.getSharedSession", Role.ALL,
            "Mutation.createShareLink", WHO_SHARES,
            "Mutation.revokeShareLink", WHO_SHARES);

    @Bean
    Table<ShareLink> shareLinksTable() {
        return ShareLinks.TABLE;
    }

    /** Whoever may share a session sees it. */
    @Bean
    FieldRoles shareRoles() {
        return ROLES::get;
    }
}
