package dev.towline.viewer;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
class ViewerConfiguration {

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
