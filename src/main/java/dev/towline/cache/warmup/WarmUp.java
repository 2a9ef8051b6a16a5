package dev.towline.cache.warmup;

import dev.towline.cache.CacheMetrics;
import dev.towline.cache.LocalCache;
import dev.towline.redis.Ranking;
import dev.towline.store.Table;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/**
 * Warms the cache before this instance reports ready: loads the most used entities, in the order of their use. It delays the start by at
 * most {@code towline.cache.warm.timeout} and never fails it. An entity that it does not load is loaded at its first use. It asks for the
 * ranking before the web server starts: the first answer of Redis takes long, because the client and the connection are new.
 */
final class WarmUp implements SmartInitializingSingleton, ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** The maximum number of items in a {@code BatchGetItem}. */
    private static final int BATCH = 100;

    private static final Duration POLL = Duration.ofMillis(20);

    private final WarmUpSettings settings;
    private final Table<?> table;
    private final FutureTask<List<String>> ranked;
    private final BooleanSupplier settled;
    private final LocalCache cache;
    private final ExecutorService threads;
    private final CacheMetrics metrics;

    /**
     * @param table the table of the entities to load
     * @param ranking the entities by use
     * @param settled whether an entity that is loaded now stays in the cache: {@link dev.towline.change.Bus#isSettled}
     */
    WarmUp(
            WarmUpSettings settings,
            Table<?> table,
            Ranking ranking,
            BooleanSupplier settled,
            LocalCache cache,
            ExecutorService threads,
            CacheMetrics metrics) {
        this.settings = settings;
        this.table = table;
        this.ranked = new FutureTask<>(() -> ranking.top(settings.size()));
        this.settled = settled;
        this.cache = cache;
        this.threads = threads;
        this.metrics = metrics;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (settings.size() > 0) {
            threads.execute(ranked);
        }
    }

    /** Runs the warm-up. Spring calls this method after the web server has started and before the instance reports ready. */
    @Override
    public void run(ApplicationArguments arguments) {
        if (settings.size() > 0) {
            warm();
        }
    }

    private void warm() {
        AtomicInteger loaded = new AtomicInteger();
        Future<?> loading = threads.submit(() -> load(loaded));
        metrics.timeWarming(() -> {
            try {
                loading.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
                LOG.info("warm-up: looked up {} entities of kind {}", loaded, settings.entity());
                return "ok";
            } catch (TimeoutException e) {
                LOG.warn(
                        "warm-up: looked up only {} entities of kind {} within {}",
                        loaded,
                        settings.entity(),
                        settings.timeout());
                return "late";
            } catch (ExecutionException e) {
                LOG.warn("warm-up: looked up only {} entities of kind {}: {}", loaded, settings.entity(), message(e));
                return "error";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "late";
            } finally {
                loading.cancel(true);
            }
        });
    }

    private int load(AtomicInteger loaded) throws InterruptedException, ExecutionException {
        // does nothing if it runs or has run
        ranked.run();
        List<RankedKey> keys = ranked.get().stream()
                .flatMap(member -> RankedKey.of(settings.entity(), member).stream())
                .toList();
        if (!keys.isEmpty()) {
            awaitSettledBus();
        }
        for (int from = 0; from < keys.size(); from += BATCH) {
            Set<RankedKey> batch = new LinkedHashSet<>(keys.subList(from, Math.min(from + BATCH, keys.size())));
            cache.load(table, batch).get();
            loaded.addAndGet(batch.size());
        }
        return loaded.get();
    }

    /** Waits until the messages of the other instances arrive. An entity that is loaded before that does not stay in the cache. */
    private void awaitSettledBus() throws InterruptedException {
        while (!settled.getAsBoolean()) {
            LockSupport.parkNanos(POLL.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private static String message(ExecutionException failure) {
        Throwable cause = failure;
        while (cause instanceof ExecutionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
