package dev.towline.edge.browser;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HeadersConfiguration {

    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeaders(MapSettings map, SignInSettings signIn) {
        return SecurityHeaders.registration(map.sources(), signIn.sources());
    }
}
