package dev.towline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.OnEmbeddedStack;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.graphql.test.tester.HttpGraphQlTester;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.json.JsonMapper;

/** The pages as a person sees them, in headless Chromium: {@code clients/browser-tests}. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnEmbeddedStack
class GraphiQlScenarios {

    private static final int CHECKS = 16;
    private static final String SCREENSHOTS = "target/screenshots";
    private static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicTest> pages() throws IOException, InterruptedException {
        NodeScript.run(Duration.ofMinutes(5), "clients/build.mjs", "browser-tests");
        String service = "http://127.0.0.1:" + port;
        try (MovingSession moving = MovingSession.start(api(service))) {
            List<Check> checks = NodeScript.run(
                            Duration.ofMinutes(10), "clients/browser-tests/run.mjs", service, SCREENSHOTS, moving.id())
                    .stream()
                    .filter(line -> line.startsWith("{"))
                    .map(line -> JSON.readValue(line, Check.class))
                    .toList();
            assertThat(checks).as("every check was made").hasSize(CHECKS);
            return checks.stream().map(Check::test);
        }
    }

    private static HttpGraphQlTester api(String service) {
        return HttpGraphQlTester.create(WebTestClient.bindToServer()
                .baseUrl(service + "/graphql")
                .responseTimeout(Duration.ofSeconds(20))
                .build());
    }

    /** What the script says of one check; without a failure it held. */
    record Check(String name, @Nullable String failure) {

        DynamicTest test() {
            return DynamicTest.dynamicTest(name, () -> assertThat(failure).isNull());
        }
    }
}
