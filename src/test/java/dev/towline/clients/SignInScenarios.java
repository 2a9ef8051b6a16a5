package dev.towline.clients;

import dev.towline.local.LoopbackPort;
import dev.towline.local.SharedStack;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * People sign in on the pages at a provider, in headless Chromium: {@code clients/browser-tests/signin.mjs}, which starts the provider. The
 * service has no other viewers but a machine with an API key.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "towline.dynamo.attempt-timeout=20s",
            "towline.dynamo.call-timeout=1m",
            "towline.sign-in.client-id=towline-pages",
            // the hash of "robot-secret"
            "towline.api-keys[0].name=robot",
            "towline.api-keys[0].sha256=c41e0a08575417e41f72da96ada956b482fd9006288ab4d19eabd793548412c5",
            "towline.api-keys[0].role=DISPATCHER",
            "towline.api-keys[0].tenant=robots"
        })
class SignInScenarios {

    private static final int PROVIDER = LoopbackPort.nextFree(0);

    private static final String SCREENSHOTS = "target/screenshots";

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry registry) {
        SharedStack.register(registry);
        registry.add("towline.token.issuer", () -> "http://127.0.0.1:" + PROVIDER);
        registry.add("towline.token.audience", () -> "towline");
        registry.add("towline.token.clock-skew", () -> "0s");
    }

    @TestFactory
    Stream<DynamicTest> signingInAtAProvider() {
        return Checks.run(
                10,
                "browser-tests",
                "signin.mjs",
                "http://127.0.0.1:" + port,
                String.valueOf(PROVIDER),
                SCREENSHOTS,
                "robot-secret");
    }
}
