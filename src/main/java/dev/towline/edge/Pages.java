package dev.towline.edge;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Where the bundled pages are. The start page at / needs no line here: Spring Boot finds {@code static/index.html}. */
@Configuration(proxyBeanMethods = false)
class Pages implements WebMvcConfigurer {

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/graphiql").setViewName("forward:/graphiql/index.html");
        registry.addRedirectViewController("/graphiql/", "/graphiql").setKeepQueryParams(true);
    }
}
