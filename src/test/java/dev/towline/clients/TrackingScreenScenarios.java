package dev.towline.clients;

import dev.towline.local.RunsTowline;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests of the tracking screen in headless Chromium: {@code clients/browser-tests/track.mjs}. */
@RunsTowline
class TrackingScreenScenarios {

    private static final String SCREENSHOTS = "target/screenshots";

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicTest> trackingScreen() {
        return Checks.run(17, "browser-tests", "track.mjs", "http://127.0.0.1:" + port, SCREENSHOTS);
    }
}
