package dev.towline.edge.http;

import dev.towline.edge.browser.SecurityHeaders;
import dev.towline.edge.error.LimitMetrics;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;
import tools.jackson.databind.json.JsonMapper;

/** Configures the port of the actuator, if {@code management.server.port} gives it one of its own. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Conditional(ManagementPort.InContextOfThatPort.class)
class ManagementPort {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> commonErrorsOfManagement(
            JsonMapper json, GraphQlProperties properties, LimitMetrics limits) {
        ErrorReport report = new ErrorReport(json, properties.getHttp().getPath(), limits);
        return factory -> factory.addContextCustomizers(TomcatConfiguration.answeringWith(report));
    }

    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeadersOfManagement() {
        return SecurityHeaders.registration();
    }

    /** Keeps this class, which the scan finds, out of the context of the service. */
    static final class InContextOfThatPort implements ConfigurationCondition {

        @Override
        public ConfigurationPhase getConfigurationPhase() {
            return ConfigurationPhase.PARSE_CONFIGURATION;
        }

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var beans = context.getBeanFactory();
            return beans != null && beans.getParentBeanFactory() != null;
        }
    }
}
