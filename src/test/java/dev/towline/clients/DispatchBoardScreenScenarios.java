package dev.towline.clients;

import dev.towline.local.RunsTowline;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests of the dispatch board in headless Chromium: {@code clients/browser-tests/dispatch.mjs}. */
@RunsTowline
class DispatchBoardScreenScenarios {

    private static final String SCREENSHOTS = "target/screenshots";

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicTest> dispatchBoard() {
        return Checks.run(19, "browser-tests", "dispatch.mjs", "http://127.0.0.1:" + port, SCREENSHOTS);
    }
}
