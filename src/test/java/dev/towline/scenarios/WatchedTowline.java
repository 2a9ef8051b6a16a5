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
            "towline.actuator.roles=OPERATOR"
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
    }
}
