package dev.towline.local;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.support.TestPropertySourceUtils;

/**
 * One in-memory stack for all suites of a test JVM, started when the first one asks. Suites share the servers but not what is stored:
 * each set of properties has table names and Redis keys of its own. A suite that stops Redis, slows it down or looks at all that it
 * holds starts an {@link EmbeddedRedis} of its own; the others share, because a server of Redis is started within a moment, but a service
 * that would have to be started for each of them is not. Thread-safe.
 *
 * <p>A suite takes it by {@link OnEmbeddedStack}, or with {@code @DynamicPropertySource} where it brings its own viewers, or by
 * handing {@link #freshProperties()} to the processes that it starts.
 */
public final class SharedStack {

    /** {@code -Dtowline.test.dax=false} runs the suites without DAX. */
    private static final boolean WITH_DAX = Boolean.parseBoolean(System.getProperty("towline.test.dax", "true"));

    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private SharedStack() {}

    /** The servers themselves. The first call blocks until they answer. */
    public static EmbeddedStack stack() {
        return Started.STACK;
    }

    /** The settings for a service whose tables and keys are still empty. Instances that are to share them get the same map. */
    public static Map<String, String> freshProperties() {
        String namespace = "suite%d".formatted(NAMESPACES.incrementAndGet());
        Map<String, String> properties = new HashMap<>(stack().properties());
        properties.put("towline.dynamo.table-prefix", namespace + "-");
        properties.put("towline.redis.key-prefix", namespace + ":");
        properties.put("server.address", LoopbackPort.ADDRESS);
        // most suites read metrics as a dispatcher
        properties.put("towline.actuator.roles", "OPERATOR,DISPATCHER");
        // a reconciliation is a job, whose writes come in between those that tests count
        properties.put("towline.search.reconcile-after", "1h");
        // DynamoDB Local runs in this JVM and logs two lines a request
        properties.put("logging.level.software.amazon.dynamodb", "WARN");
        return Map.copyOf(properties);
    }

    /** For a {@code @DynamicPropertySource} method: fresh properties for the contexts of one class. */
    public static void register(DynamicPropertyRegistry registry) {
        freshProperties().forEach((name, value) -> registry.add(name, () -> value));
    }

    /**
     * The settings that make a service of a suite use another endpoint in front of the shared DynamoDB, such as one that fails. If suites
     * run with DAX, one in front of that endpoint is started, and ends with the JVM.
     */
    public static Map<String, String> behind(String dynamoEndpoint) {
        return behind(dynamoEndpoint, daxInFrontOf(dynamoEndpoint));
    }

    /** The same with a DAX that {@link #daxInFrontOf} has started. */
    public static Map<String, String> behind(String dynamoEndpoint, @Nullable EmbeddedDax dax) {
        Map<String, String> properties = new HashMap<>(Map.of("towline.dynamo.endpoint", dynamoEndpoint));
        if (dax != null) {
            properties.putAll(dax.properties());
        }
        return Map.copyOf(properties);
    }

    /** Another DAX, which ends with the JVM; null if suites run without. */
    public static @Nullable EmbeddedDax daxInFrontOf(String dynamoEndpoint) {
        EmbeddedDax shared = stack().dax();
        if (shared == null) {
            return null;
        }
        EmbeddedDax own = EmbeddedDax.inFrontOf(
                dynamoEndpoint, 0, shared.cluster().settings().itemTimeToLive());
        Runtime.getRuntime().addShutdownHook(new Thread(own::close, "dax-close"));
        return own;
    }

    /**
     * Fresh properties for every context, which Spring shares among classes of the same configuration; and the local viewers. What a
     * test sets by itself counts more.
     */
    static final class Initializer implements ApplicationContextInitializer<GenericApplicationContext> {

        @Override
        public void initialize(GenericApplicationContext context) {
            var sources = context.getEnvironment().getPropertySources();
            var fresh = new MapPropertySource("shared stack", Map.copyOf(freshProperties()));
            if (sources.contains(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME)) {
                sources.addAfter(TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME, fresh);
            } else {
                sources.addFirst(fresh);
            }
            LocalRun.registerViewers(context, stack().issuer());
        }
    }

    private static final class Started {

        private static final EmbeddedStack STACK = start();

        private static EmbeddedStack start() {
            EmbeddedStack stack = EmbeddedStack.inMemory(WITH_DAX);
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "shared-stack-close"));
            return stack;
        }
    }
}
