package dev.towline.edge.actuator;

import dev.towline.audit.AuditLog;
import dev.towline.edge.error.Correlations;
import dev.towline.rate.Rates;
import dev.towline.viewer.Authenticator;
import java.util.Objects;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.handler.MappedInterceptor;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class ActuatorConfiguration {

    private static final EndpointId HEALTH = EndpointId.of("health");

    /** Spring applies it to the handlers of the service and, if {@code management.server.port} is set, to those of that port. */
    @Bean
    MappedInterceptor actuatorGuard(
            Authenticator authenticator,
            ActuatorSettings settings,
            ObjectProvider<PathMappedEndpoints> endpoints,
            ObjectProvider<HealthEndpointGroups> health,
            AuditLog audit,
            Correlations correlations,
            JsonMapper json,
            Rates rates) {
        SingletonSupplier<ActuatorGuard.Paths> paths = SingletonSupplier.of(
                () -> paths(endpoints.getObject(), health.getObject().getNames()));
        return new MappedInterceptor(
                null,
                new ActuatorGuard(authenticator, settings.roles(), paths::obtain, audit, correlations, json, rates));
    }

    private static ActuatorGuard.Paths paths(PathMappedEndpoints endpoints, Set<String> healthGroups) {
        String health = endpoints.getPath(HEALTH);
        return new ActuatorGuard.Paths(
                endpoints.getBasePath(),
                Objects.requireNonNullElse(health, endpoints.getBasePath() + "/health"),
                healthGroups);
    }
}
