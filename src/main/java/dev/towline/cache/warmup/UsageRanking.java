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
 * Adds the usage counts of this instance to a ranking in Redis, periodically and at shutdown. New instances use the ranking for their
 * warm-up. Counts are lost if Redis does not answer. Thread-safe.
 */
final class UsageRanking implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(UsageRanking.class);

    /**
     * The size of the ranking, as a multiple of the number of entities that a new instance loads. With a smaller ranking, an entity of
     * growing use would be dropped before its score is high enough.
     */
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
        task = scheduler.scheduleWithFixedDelay(this::addToRanking, settings.noteEvery());
    }

    @Override
    public synchronized void stop() {
        if (task != null) {
            task.cancel(false);
            task = null;
            addToRanking();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return task != null;
    }

    /** Stops after the last request, while Redis is still connected. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;
    }

    /** Adds the counts to the ranking. Blocks as long as a command to Redis may. */
    private void addToRanking() {
        Map<EntityKey, Long> used = uses.take(KEPT * settings.size());
        if (used.isEmpty()) {
            return;
        }
        Map<String, Long> scores = new LinkedHashMap<>();
        used.forEach((key, count) -> scores.put(RankedKey.member(key), count));
        try {
            ranking.add(scores);
            metrics.rankingUpdated("ok");
        } catch (RuntimeException e) {
            metrics.rankingUpdated("error");
            LOG.debug("could not update the usage ranking", e);
        }
    }
}
