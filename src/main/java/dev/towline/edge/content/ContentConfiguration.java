package dev.towline.edge.content;

import dev.towline.edge.browser.MapSettings;
import dev.towline.edge.browser.SignInSettings;
import dev.towline.edge.browser.SignInSwitch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class ContentConfiguration {

    /** Before Spring's own handlers of static resources and of GraphQL. */
    private static final int BEFORE_SPRING = -1;

    @Bean
    @Order(BEFORE_SPRING)
    RouterFunction<ServerResponse> staticFiles(ResourcePatternResolver resources) throws IOException {
        return StaticFiles.in("classpath*:/static/", Set.of("/track", "/drive"), resources);
    }

    /** Serves what the pages have to know of the settings. */
    @Bean
    @Order(BEFORE_SPRING)
    RouterFunction<ServerResponse> pageSettings(
            MapSettings map, SignInSettings signIn, ObjectProvider<SignInSwitch> signInSwitch, JsonMapper json) {
        String path = "/web/settings.json";
        byte[] text = json.writeValueAsBytes(PageSettings.of(map, signIn, signInSwitch.getIfAvailable()));
        return StaticFiles.of(path, StaticFile.of(path, new ByteArrayResource(text), Map.of()));
    }

    /** Serves the whole schema as one file, where introspection is allowed ({@code dev.towline.edge.limit}). */
    @Bean
    @Order(BEFORE_SPRING)
    RouterFunction<ServerResponse> schemaFile(GraphQlProperties properties, ResourcePatternResolver resources)
            throws IOException {
        String path = properties.getHttp().getPath() + "/schema.graphql";
        byte[] text = SchemaDocument.read(resources).getBytes(StandardCharsets.UTF_8);
        return StaticFiles.of(path, StaticFile.of(path, new ByteArrayResource(text), codings(text)));
    }

    private static Map<ContentCoding, Resource> codings(byte[] content) throws IOException {
        Map<ContentCoding, Resource> codings = new EnumMap<>(ContentCoding.class);
        for (ContentCoding coding : ContentCoding.values()) {
            if (coding.isAvailable()) {
                codings.put(coding, new ByteArrayResource(coding.encode(content)));
            }
        }
        return codings;
    }
}
