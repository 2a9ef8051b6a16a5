package dev.towline.viewer;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ViewerConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ViewerSource viewerSource(ViewerSettings settings) {
        return new UnauthenticatedViewers(settings);
    }
}
