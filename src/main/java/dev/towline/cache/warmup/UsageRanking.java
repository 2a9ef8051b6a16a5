package dev.towline.cache.warmup;

import dev.towline.cache.CacheMetrics;
import dev.towline.redis.Ranking;
import dev.towline.store.EntityKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;

/**
 * Writes down now and then, and at the end, what this instance has used: so those that start later know what to begin with. What cannot be
 * written is lost. Thread-safe.
 */
final class UsageRanking implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(UsageRanking.class);

    /** More than are loaded, by this factor: else one that comes up would be dropped each time before it has counted enough. */
    static final int KEPT = 4;

    private final UsageCounts uses;
    private final Ranking ranking;
    private final WarmUpSettings settings;
    private final TaskScheduler scheduler;
    private final CacheMetrics metrics;
    private @Nullable ScheduledFuture<?> task;

    UsageRanking(
            UsageCounts uses, Ranking ranking, WarmUpSettings settings, TaskScheduler scheduler, CacheMetrics metrics) {
        this.uses = uses;
        this.ranking = ranking;
        this.settings = settings;
        this.scheduler = scheduler;
        this.metrics = metrics;
    }

    @Override
    public synchronized void start() {
        task = scheduler.scheduleWithFixedDelay(this::note, settings.noteEvery());
    }

    @Override
    public synchronized void stop() {
        if (task != null) {
            task.cancel(false);
            task = null;
            note();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return task != null;
    }

    /** It stops after the last request, while Redis is still connected. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;
    }

    /** Blocks as long as a command of Redis may. */
    private void note() {
        Map<EntityKey, Long> used = uses.take(KEPT * settings.size());
        if (used.isEmpty()) {
            return;
        }
        Map<String, Long> scores = new LinkedHashMap<>();
        used.forEach((key, count) -> scores.put(RankedKey.member(key), count));
        try {
            ranking.add(scores);
            metrics.noted("ok");
        } catch (RuntimeException e) {
            metrics.noted("error");
            LOG.debug("what was used is not written down", e);
        }
    }
}
