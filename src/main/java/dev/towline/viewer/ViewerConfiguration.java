package dev.towline.viewer;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
class ViewerConfiguration {

    private static final Map<String, Set<Role>> ROLES = Map.of("Query.getViewer", Role.ALL);

    @Bean
    FieldRoles viewerRoles() {
        return ROLES::get;
    }

    @Bean
    Authenticator authenticator(List<ViewerSource> sources) {
        return new Authenticator(sources);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    ViewerSource unauthenticatedViewers(ViewerSettings settings) {
        return new UnauthenticatedViewers(settings);
    }
}
