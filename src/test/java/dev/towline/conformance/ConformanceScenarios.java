package dev.towline.conformance;

import dev.towline.Towline;
import dev.towline.local.OnEmbeddedStack;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the public says about this service. */
@SpringBootTest(classes = Towline.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@OnEmbeddedStack
class ConformanceScenarios {

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicTest> passesTheAuditOfGraphQlOverHttp() throws IOException {
        return NodeChecks.run(61, "graphqlHttp.mjs", url());
    }

    @TestFactory
    Stream<DynamicTest> servesTheClientOfGraphQlSse() throws IOException {
        return NodeChecks.run(6, "graphqlSse.mjs", url());
    }

    @TestFactory
    Stream<DynamicTest> servesTheClientOfGraphQlWs() throws IOException {
        return NodeChecks.run(7, "graphqlWs.mjs", url());
    }

    private String url() {
        return "http://127.0.0.1:%d/graphql".formatted(port);
    }
}
