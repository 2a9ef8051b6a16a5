package dev.towline.scenarios;

import dev.towline.Towline;
import dev.towline.dynamo.FaultyDynamo;
import dev.towline.local.EmbeddedDax;
import dev.towline.local.OnEmbeddedStack;
import dev.towline.local.SharedStack;
import dev.towline.vendor.EmptySearches;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A service that all scenarios share, each test in a tenant of its own. Between it and DynamoDB stands one that counts requests and fails
 * on demand.
 */
@SpringBootTest(classes = Towline.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@OnEmbeddedStack
@Import({EmptySearches.class, CountedRequests.class})
abstract class RunningTowline {

    /** Lives as long as the service: until the JVM ends. */
    static final FaultyDynamo DYNAMO =
            FaultyDynamo.inFrontOf(SharedStack.stack().dynamo().endpoint());

    private static final @Nullable EmbeddedDax DAX = SharedStack.daxInFrontOf(DYNAMO.endpoint());

    @LocalServerPort
    private int port;

    /** A dispatcher of a tenant that has nothing yet. */
    Dispatcher dispatcher;

    @DynamicPropertySource
    static void reachDynamoThroughFaults(DynamicPropertyRegistry registry) {
        SharedStack.behind(DYNAMO.endpoint(), DAX).forEach((name, value) -> registry.add(name, () -> value));
        registry.add("towline.dynamo.attempt-timeout", () -> "3s");
        // so that whoever counts reads counts none of these
        registry.add("towline.live.recheck", () -> "10m");
        registry.add("towline.dispatch.index-delay", () -> "2s");
        registry.add("towline.jobs.poll", () -> "10m");
        // so that a cancelled job is soon over
        registry.add("towline.jobs.heartbeat", () -> "500ms");
        registry.add("towline.uploads.max-rows", () -> "120000");
        // as in the embedded run
        registry.add("management.endpoints.web.exposure.include", () -> "health, prometheus, info, cache");
    }

    @BeforeEach
    void openADesk() {
        dispatcher = new Dispatcher(newTenant());
    }

    /** Forgets the requests to DynamoDB so far, and what DAX has, so that each read that begins now is one. */
    static void forgetReads() {
        if (DAX != null) {
            DAX.cluster().flush();
        }
        DYNAMO.forgetRequests();
    }

    static boolean hasDax() {
        return DAX != null;
    }

    /** A viewer of another new tenant. */
    Caller newTenant() {
        return Caller.of(port, "tenant-" + UUID.randomUUID(), "dispatcher");
    }
}
