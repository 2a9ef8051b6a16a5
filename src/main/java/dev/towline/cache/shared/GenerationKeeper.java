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

/** Holds the generation while this instance runs, on a thread of its own; begins after the bus and ends before it. */
final class GenerationKeeper implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(GenerationKeeper.class);

    /** Also how long nothing is shared after a generation has ended. */
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
            // What has just been noticed nobody else may know.
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
            LOG.debug("Redis is not there for what instances share", e);
        } catch (RuntimeException e) {
            // One that is thrown would be the last.
            LOG.error("What instances share could not be held", e);
        }
    }
}
