package dev.towline.edge.content;

import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

@Configuration(proxyBeanMethods = false)
class ContentConfiguration {

    @Bean
    FilterRegistrationBean<CompressionFilter> compression() {
        var registration = new FilterRegistrationBean<>(new CompressionFilter());
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        // around whatever else may write an answer
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    @Bean
    @Order(-1)
    RouterFunction<ServerResponse> staticFiles(ResourcePatternResolver resources) throws IOException {
        return StaticFiles.in("classpath*:/static/", resources);
    }

    /** The whole contract in one download. */
    @Bean
    @Order(-1)
    RouterFunction<ServerResponse> schemaFile(GraphQlProperties properties, ResourcePatternResolver resources)
            throws IOException {
        String path = properties.getHttp().getPath() + "/schema.graphql";
        byte[] text = SchemaDocument.read(resources).getBytes(StandardCharsets.UTF_8);
        return StaticFiles.of(path, StaticFile.of(path, new ByteArrayResource(text), Map.of()));
    }
}
