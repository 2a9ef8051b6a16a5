package dev.towline.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.towline.problem.Unauthenticated;
import dev.towline.viewer.Authenticator;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.ViewerSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** A service where requests without credentials have a role, and that has one kind of credentials beside. */
class ConfiguredKindsTests {

    private static final String TOKENS = "towline.token.issuer=https://issuer.example, towline.token.audience=towline";
    private static final String KEYS = "towline.api-keys[0].name=robot, towline.api-keys[0].role=DISPATCHER,"
            + " towline.api-keys[0].tenant=acme,"
            + " towline.api-keys[0].sha256=2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    @Configuration(proxyBeanMethods = false)
    @ComponentScan({"dev.towline.authentication", "dev.towline.viewer"})
    @EnableConfigurationProperties({TokenSettings.class, ApiKeySettings.class, ViewerSettings.class})
    static class Service {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                TOKENS + " | Authorization | x-api-key",
                KEYS + " | x-api-key | Authorization",
            })
    void refusesWhatIsNotValidOfItsKindAndIgnoresTheOther(String settings, String its, String other) {
        new ApplicationContextRunner()
                .withUserConfiguration(Service.class)
                .withBean(SimpleMeterRegistry.class)
                .withBean(InstantSource.class, InstantSource::system)
                .withPropertyValues("towline.viewer.unauthenticated-role=DISPATCHER")
                .withPropertyValues(settings.split(", "))
                .run(context -> {
                    Authenticator authenticator = context.getBean(Authenticator.class);
                    assertThatExceptionOfType(Unauthenticated.class)
                            .isThrownBy(() -> authenticator.authenticate(invalid(its)));
                    assertThat(authenticator
                                    .authenticate(invalid(other))
                                    .viewer()
                                    .subject())
                            .isEqualTo("anonymous");
                });
    }

    private static Credentials invalid(String kind) {
        return new Credentials(name -> name.equals(kind) ? "garbage" : null, null);
    }
}
