package dev.towline.clients;

import dev.towline.local.RunsTowline;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests of the page of a vendor, and of the switch of the embedded stack, in headless Chromium: {@code clients/browser-tests/drive.mjs}. */
@RunsTowline
class DrivingScreenScenarios {

    private static final String SCREENSHOTS = "target/screenshots";

    @LocalServerPort
    private int port;

    @TestFactory
    Stream<DynamicTest> drivingScreen() {
        return Checks.run(12, "browser-tests", "drive.mjs", "http://127.0.0.1:" + port, SCREENSHOTS);
    }
}
