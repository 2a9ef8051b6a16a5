package dev.towline.cache.shared;

import dev.towline.redis.RedisDown;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Holds the generation while this instance runs, on a thread of its own. It starts after the bus and stops before it. */
final class GenerationKeeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(GenerationKeeper.class);

    /** The interval between two calls. After a generation has ended, nothing is shared for up to this time. */
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final SharedTierSettings settings;
    private final Generation generation;
    private @Nullable ScheduledExecutorService thread;

    GenerationKeeper(SharedTierSettings settings, Generation generation) {
        this.settings = settings;
        this.generation = generation;
    }

    @Override
    public synchronized void start() {
        if (settings.enabled() && thread == null) {
            thread = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("cache-generation").factory());
            var _ = thread.scheduleWithFixedDelay(this::hold, 0, INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdown();
            thread = null;
            // If the generation has just ended, no other instance may know of it.
            hold();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1023;
    }

    private void hold() {
        try {
            generation.hold();
        } catch (RedisDown e) {
            LOG.debug("Redis did not renew the cache generation", e);
        } catch (RuntimeException e) {
            // The scheduler stops a task that throws.
            LOG.error("could not renew the cache generation", e);
        }
    }
}
