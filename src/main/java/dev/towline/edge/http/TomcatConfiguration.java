package dev.towline.edge.http;

import dev.towline.edge.error.LimitMetrics;
import java.util.Arrays;
import org.apache.catalina.Pipeline;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.json.JsonMapper;

/** Configures the answers that Tomcat gives without the service. */
@Configuration(proxyBeanMethods = false)
class TomcatConfiguration {

    /** Runs after Spring Boot, which adds an error report of its own. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> commonErrors(
            JsonMapper json, GraphQlProperties properties, LimitMetrics limits) {
        ErrorReport report = new ErrorReport(json, properties.getHttp().getPath(), limits);
        return factory -> factory.addContextCustomizers(answeringWith(report));
    }

    static TomcatContextCustomizer answeringWith(ErrorReport report) {
        return context -> {
            StandardHost host = (StandardHost) context.getParent();
            Pipeline pipeline = host.getPipeline();
            Arrays.stream(pipeline.getValves())
                    .filter(ErrorReportValve.class::isInstance)
                    .forEach(pipeline::removeValve);
            host.setErrorReportValveClass("");
            pipeline.addValve(report);
            pipeline.addValve(new ContentTypes());
        };
    }
}
