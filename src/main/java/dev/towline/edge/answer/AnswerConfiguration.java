package dev.towline.edge.answer;

import dev.towline.rate.Rates;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
class AnswerConfiguration {

    /**
     * Puts the valve in front of the others of the host, which requests that it answers need not pass. The valve that reads the headers of a
     * proxy belongs to the engine, so it comes before.
     */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE - 1)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> firstLook(
            GraphQlProperties graphQl, AnswerMemory memory, Rates rates) {
        FirstLook valve = new FirstLook(graphQl.getHttp().getPath(), memory, rates);
        return factory -> {
            if (memory.isEnabled()) {
                factory.addContextCustomizers(
                        context -> context.getParent().getPipeline().addValve(valve));
            }
        };
    }
}
