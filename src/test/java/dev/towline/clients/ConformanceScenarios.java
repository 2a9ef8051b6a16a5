package dev.towline.clients;

import dev.towline.local.RunsTowline;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Public conformance suites against this service. */
@RunsTowline
class ConformanceScenarios {

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicTest> passesTheAuditOfGraphQlOverHttp() {
        return check(61, "graphqlHttp.mjs");
    }

    @TestFactory
    Stream<DynamicTest> offersItsSchemaAsOneFile() {
        return check(3, "schema.mjs");
    }

    @TestFactory
    Stream<DynamicTest> servesTheClientOfGraphQlSse() {
        return check(6, "graphqlSse.mjs");
    }

    @TestFactory
    Stream<DynamicTest> servesTheClientOfGraphQlWs() {
        return check(8, "graphqlWs.mjs");
    }

    @TestFactory
    Stream<DynamicTest> servesPersistedQueriesOfApolloClient() {
        return check(3, "persisted.mjs");
    }

    private Stream<DynamicTest> check(int checks, String script) {
        return Checks.run(checks, "conformance", script, "http://127.0.0.1:%d/graphql".formatted(port));
    }
}
