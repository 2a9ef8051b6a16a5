package dev.towline.vendor;

import dev.towline.problem.Problem;
import dev.towline.problem.Unavailable;
import dev.towline.redis.RedisDown;
import dev.towline.store.ChangeFeed;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Loads all vendors of a tenant into memory: from Redis, whose index is built first if it is not complete, or from DynamoDB if Redis does not
 * answer or may lack changes. Whoever wants a tenant that is being loaded waits for that load, because each load of a large tenant takes
 * seconds. Thread-safe.
 */
@Component
class VendorIndexLoads {

    private static final Logger LOG = LoggerFactory.getLogger(VendorIndexLoads.class);

    private static final String RETRY = "The vendors are being loaded. Try again in a moment.";

    private final ConcurrentMap<Tenant, CompletableFuture<@Nullable VendorGrid>> underWay = new ConcurrentHashMap<>();

    private final VendorIndex index;
    private final VendorGrids grids;
    private final SharedVendorIndex shared;
    private final VendorIndexRebuild rebuild;
    private final VendorIndexMetrics metrics;
    private final ChangeFeed feed;
    private final SearchSettings settings;
    private final InstantSource clock;

    VendorIndexLoads(
            VendorIndex index,
            VendorGrids grids,
            SharedVendorIndex shared,
            VendorIndexRebuild rebuild,
            VendorIndexMetrics metrics,
            ChangeFeed feed,
            SearchSettings settings,
            InstantSource clock) {
        this.index = index;
        this.grids = grids;
        this.shared = shared;
        this.rebuild = rebuild;
        this.metrics = metrics;
        this.feed = feed;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Loads the tenant from Redis, whose index is built first if it is not complete. Blocks until that is done or impossible, but no longer than
     * a search waits; the load goes on after that.
     */
    void load(Tenant tenant) {
        try {
            start(tenant, false).get(settings.loadWait().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.debug("the load of a tenant's vendors takes longer than {}", settings.loadWait());
        } catch (ExecutionException e) {
            LOG.warn("vendor index of a tenant not loaded: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Loads the tenant from Redis or DynamoDB, and waits for it as long as a search may wait. The load goes on after that.
     *
     * @return a grid with all its vendors, which may lack changes since the load began
     * @throws Unavailable if it takes longer or fails
     */
    VendorGrid await(Tenant tenant) {
        Instant until = clock.instant().plus(settings.loadWait());
        try {
            while (true) {
                Duration left = Duration.between(clock.instant(), until);
                VendorGrid loaded = start(tenant, true).get(left.toNanos(), TimeUnit.NANOSECONDS);
                // otherwise it was a load from Redis only
                if (loaded != null) {
                    return loaded;
                }
            }
        } catch (TimeoutException e) {
            throw new Unavailable(RETRY, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw new Unavailable(RETRY, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(RETRY, e);
        }
    }

    /** The load that is under way, or a new one. Its result is null if Redis could not answer, and DynamoDB was not to be asked. */
    private CompletableFuture<@Nullable VendorGrid> start(Tenant tenant, boolean isDynamoAllowed) {
        CompletableFuture<@Nullable VendorGrid> mine = new CompletableFuture<>();
        CompletableFuture<@Nullable VendorGrid> other = underWay.putIfAbsent(tenant, mine);
        if (other != null) {
            return other;
        }
        Thread.ofVirtual().name("vendor-index-load").start(() -> {
            try {
                VendorGrid grid = loadNow(tenant, isDynamoAllowed);
                underWay.remove(tenant, mine);
                mine.complete(grid);
            } catch (Throwable e) {
                underWay.remove(tenant, mine);
                mine.completeExceptionally(e);
            }
        });
        return mine;
    }

    private @Nullable VendorGrid loadNow(Tenant tenant, boolean isDynamoAllowed) {
        // The number of gaps comes first: if a common gap comes in between, either the index may lack writes or the
        // number is old.
        long gaps = grids.gaps();
        Instant start = clock.instant();
        VendorGrid held = grids.toFill(tenant);
        VendorGrid grid = held == null ? new VendorGrid() : held;
        if (held != null && feed.isProven() && !index.mayLackWrites() && loadFromRedis(tenant, grid)) {
            grids.loaded(tenant, grid, gaps, start);
            Duration taken = Duration.between(start, clock.instant());
            metrics.loads("redis").record(taken);
            LOG.info("vendor index of a tenant loaded from Redis: {} vendors in {} ms", grid.size(), taken.toMillis());
            return grid;
        }
        if (!isDynamoAllowed) {
            return null;
        }
        // without room for it, a large tenant must not take memory for a single search
        rebuild.read(tenant, grid, held == null ? settings.maxListed() : Integer.MAX_VALUE);
        grids.filled(tenant, grid, start);
        metrics.loads("dynamodb").record(Duration.between(start, clock.instant()));
        return grid;
    }

    private boolean loadFromRedis(Tenant tenant, VendorGrid grid) {
        try {
            if (shared.forEach(tenant, grid::put)) {
                return true;
            }
            // An index that is built, and yet was not loaded, has a vendor that this instance cannot read.
            return !shared.isBuilt(tenant) && rebuild.of(tenant) && shared.forEach(tenant, grid::put);
        } catch (RedisDown down) {
            metrics.failed();
            return false;
        }
    }
}
