package dev.towline.clients;

import dev.towline.local.RunsTowline;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.test.tester.HttpGraphQlTester;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tests of the start page and of GraphiQL in headless Chromium: {@code clients/browser-tests}. */
@RunsTowline
class GraphiQlScenarios {

    private static final String SCREENSHOTS = "target/screenshots";

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicTest> pages() {
        String service = "http://127.0.0.1:" + port;
        try (MovingSession moving = MovingSession.start(api(service))) {
            return Checks.run(18, "browser-tests", "run.mjs", service, SCREENSHOTS, moving.id());
        }
    }

    private static HttpGraphQlTester api(String service) {
        return HttpGraphQlTester.create(WebTestClient.bindToServer()
                .baseUrl(service + "/graphql")
                .responseTimeout(Duration.ofSeconds(20))
                .build());
    }
}
