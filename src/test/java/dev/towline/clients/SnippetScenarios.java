package dev.towline.clients;

import dev.towline.local.RunsTowline;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The snippets of {@code clients/README.md} do what they should with the clients they are for. */
@RunsTowline
class SnippetScenarios {

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicTest> snippets() {
        return Checks.run(
                7,
                "snippets",
                "run.mjs",
                "http://127.0.0.1:" + port,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"));
    }
}
