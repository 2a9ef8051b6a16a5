package dev.towline.scenarios;

import dev.towline.Towline;
import dev.towline.local.OnEmbeddedStack;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

/** A service that traces every request, with a port of its own for the actuator. */
@SpringBootTest(
        classes = {Towline.class, WatchedTowline.Spans.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "management.tracing.sampling.probability=1.0",
            "management.endpoints.web.exposure.include=health, prometheus, info, cache",
            "towline.actuator.roles=OPERATOR",
            "towline.limits.introspection=false",
            // the hash of "robot-secret"
            "towline.api-keys[0].name=robot",
            "towline.api-keys[0].sha256=c41e0a08575417e41f72da96ada956b482fd9006288ab4d19eabd793548412c5",
            "towline.api-keys[0].role=OPERATOR",
            "towline.api-keys[0].tenant=robots"
        })
@OnEmbeddedStack
abstract class WatchedTowline {

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    @TestConfiguration(proxyBeanMethods = false)
    static class Spans {

        @Bean
        RecordedSpans recordedSpans() {
            return new RecordedSpans();
        }

        @Bean
        RecordedObservations recordedObservations() {
            return new RecordedObservations();
        }
    }
}
