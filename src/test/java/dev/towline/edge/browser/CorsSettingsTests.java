package dev.towline.edge.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.audit.AuditLog;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.graphql.autoconfigure.GraphQlCorsProperties;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class CorsSettingsTests {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(Settings.class))
            .withBean(AuditLog.class, InstantSource.system())
            .withUserConfiguration(OriginConfiguration.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({CorsSettings.class, GraphQlProperties.class, GraphQlCorsProperties.class})
    static class Settings {}

    @Test
    void allowsNobodyByDefault() {
        service.run(context ->
                assertThat(context.getBean(CorsSettings.class).allowedOrigins()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example",
                "https://app.example:8443",
                "http://localhost:*",
                "http://[::1]:5173",
                "http://192.0.2.7:80808",
                "capacitor://localhost",
                "*"
            })
    void takesOrigins(String origin) {
        assertThat(new CorsSettings(List.of(origin)).patterns()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "app.example",
                "https://app.example/",
                "https://app.example/page",
                "https://App.example",
                "https://app.example:443",
                "http://app.example:80",
                "https://*.example",
                "https://app.example?",
                "https://user@app.example",
                "https://app.example:",
                "//app.example",
                "*:*"
            })
    void stopsTheStartForWhatIsNoOrigin(String origin) {
        service.withPropertyValues("towline.cors.allowed-origins[0]=" + origin)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("towline.cors.allowed-origins: \"" + origin + "\" is not an origin"));
    }

    @Test
    void takesAllOriginsOnlyAlone() {
        assertThatThrownBy(() -> new CorsSettings(List.of("https://app.example", "*")))
                .hasMessageContaining("towline.cors.allowed-origins")
                .hasMessageContaining("the only one");
    }

    @Test
    void isTheOnlyWayToAllowAnOrigin() {
        service.withPropertyValues("spring.graphql.cors.allowed-origins=https://app.example")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("towline.cors.allowed-origins"));
    }
}
