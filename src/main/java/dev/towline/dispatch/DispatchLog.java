package dev.towline.dispatch;

import dev.towline.store.Change;
import dev.towline.store.EntityKey;
import dev.towline.store.NumberedChanges;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The bounded log of this instance: of each object that changed lately, the newest change, in the order of arrival. Streams read it at
 * their own speed, each with a {@link Board}, so a slow one costs nothing but may find that the log has moved on. Thread-safe, does not
 * block: its methods only wait for each other, and boards are woken on other threads.
 *
 * <p>A RESET sends a board back by {@code index-delay}: the lists that it loads then may lack the changes of that time. If the log does not
 * reach back so far, the board gets another RESET as soon as it does.
 */
final class DispatchLog implements NumberedChanges {

    private final DispatchSettings settings;
    private final InstantSource clock;
    private final Executor threads;
    private final DispatchMetrics metrics;
    private final Publishers publishers = new Publishers();
    private final TreeMap<Long, TenantChanges.Arrived> byArrival = new TreeMap<>();
    private final Map<Tenant, TenantChanges> tenants = new HashMap<>();
    private long arrivals;

    /** The log has every change since then. */
    private Instant completeSince;

    /** When it was last emptied. */
    private Instant restartedAt;

    /** @param threads runs each task on its own thread */
    DispatchLog(DispatchSettings settings, InstantSource clock, DispatchMetrics metrics, Executor threads) {
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        this.threads = threads;
        restartedAt = clock.instant();
        completeSince = restartedAt;
    }

    @Override
    public void applied(long publisher, long number, List<Change> write, Predicate<EntityKey> told) {
        wake(log(publisher, number, write, told));
    }

    @Override
    public synchronized void reached(long publisher, long number) {
        publishers.reached(publisher, number);
    }

    @Override
    public synchronized void left(long publisher) {
        Long forgotten = publishers.left(publisher);
        if (forgotten != null) {
            List.copyOf(byArrival.values()).stream()
                    .filter(arrived -> arrived.change().publisher() == forgotten)
                    .forEach(this::drop);
        }
    }

    @Override
    public synchronized void lost(long publisher) {
        publishers.lost(publisher);
    }

    @Override
    public void missed() {
        wake(restart());
    }

    /**
     * A new board, which reads from this position on; without one, or if the log lacks something, it begins with a RESET. The caller must
     * {@link #close} it.
     */
    synchronized Board open(Viewer viewer, @Nullable Position after, Runnable wake) {
        Board board = new Board(viewer, wake);
        Position seen = after == null ? null : publishers.resumed(after);
        if (seen == null) {
            board.reset = after == null ? ResetReason.OPENED : ResetReason.NOT_RESUMABLE;
        } else {
            board.seen = seen;
            board.read = byArrival.isEmpty() ? arrivals : byArrival.firstKey() - 1;
        }
        tenant(viewer.tenant()).boards.add(board);
        return board;
    }

    synchronized void close(Board board) {
        Tenant tenant = board.viewer.tenant();
        tenant(tenant).boards.remove(board);
        tenants.computeIfPresent(tenant, (_, changes) -> changes.isUnused() ? null : changes);
    }

    /** The next item for the board, null if there is none yet. */
    @Nullable
    synchronized DispatchChange next(Board board) {
        TenantChanges changes = tenants.get(board.viewer.tenant());
        if (changes == null) { // the board is closed
            return null;
        }
        ResetReason reset = dueReset(board);
        if (reset != null) {
            metrics.reset(reset);
            return reset(board, changes);
        }
        for (TenantChanges.Arrived arrived : changes.after(board.read).values()) {
            board.read = arrived.number();
            LoggedChange change = arrived.change();
            if (change.isVisibleTo(board.viewer) && !board.seen.includes(change.publisher(), change.place())) {
                board.seen = board.seen.with(change.publisher(), change.place().next());
                if (changes.after(board.read).isEmpty()) {
                    board.seen = board.seen.and(publishers.head());
                }
                return new DispatchChange(change.kind(), change.object().id(), change.version(), position(board));
            }
        }
        board.read = arrivals;
        board.seen = board.seen.and(publishers.head());
        return null;
    }

    /** When the board gets another RESET even if nothing happens, null if it does not. */
    @Nullable
    synchronized Instant nextReset(Board board) {
        return board.nextReset;
    }

    /** The number of tenants that have changes or boards. */
    synchronized int tenantCount() {
        return tenants.size();
    }

    private @Nullable ResetReason dueReset(Board board) {
        if (board.reset != null) {
            return board.reset;
        }
        return board.nextReset == null || clock.instant().isBefore(board.nextReset) ? null : ResetReason.LISTS_LAGGED;
    }

    private DispatchChange reset(Board board, TenantChanges changes) {
        Instant now = clock.instant();
        Instant reach = now.minus(settings.indexDelay());
        Position seen = publishers.head();
        board.read = arrivals;
        for (TenantChanges.Arrived recent : changes.since(reach)) {
            LoggedChange change = recent.change();
            if (!seen.of(change.publisher()).isBefore(change.place())) {
                seen = seen.with(change.publisher(), change.place());
            }
            board.read = recent.number() - 1;
        }
        board.seen = seen;
        board.reset = null;
        board.nextReset = completeSince.isAfter(reach) ? whenComplete(now) : null;
        return new DispatchChange(DispatchChangeKind.RESET, null, null, position(board));
    }

    /** When the log reaches back far enough. If it is too small for that at the moment, nobody knows, so boards ask now and then. */
    private Instant whenComplete(Instant now) {
        return (completeSince.equals(restartedAt) ? restartedAt : now).plus(settings.indexDelay());
    }

    /**
     * A board that still needs another RESET gets it also if it resumes before, because no instance has everything from the beginning. So
     * does one whose position is too long to be given back.
     */
    private String position(Board board) {
        Position told = publishers.told(board.seen);
        return (board.nextReset == null && told.fits() ? told : Position.NOTHING).encode();
    }

    private synchronized Set<TenantChanges> log(
            long publisher, long number, List<Change> write, Predicate<EntityKey> told) {
        publishers.applied(publisher, number);
        return IntStream.range(0, write.size())
                .filter(index -> told.test(write.get(index).key()))
                .mapToObj(index -> LoggedChange.of(publisher, number, write, index))
                .filter(Objects::nonNull)
                .map(this::log)
                .collect(Collectors.toSet());
    }

    private TenantChanges log(LoggedChange change) {
        TenantChanges changes = tenant(change.object().tenant());
        TenantChanges.Arrived arrived = new TenantChanges.Arrived(++arrivals, clock.instant(), change);
        byArrival.put(arrived.number(), arrived);
        TenantChanges.Arrived needless = changes.add(arrived);
        if (needless != null) {
            byArrival.remove(needless.number());
        }
        while (byArrival.size() > settings.logSize()) {
            drop(byArrival.firstEntry().getValue());
        }
        return changes;
    }

    private void drop(TenantChanges.Arrived arrived) {
        byArrival.remove(arrived.number());
        Tenant tenant = arrived.change().object().tenant();
        TenantChanges changes = tenant(tenant);
        changes.drop(arrived);
        if (changes.isUnused()) {
            tenants.remove(tenant);
        }
        publishers.dropped(arrived.change().publisher(), arrived.change().place());
        if (completeSince.isBefore(arrived.at())) {
            completeSince = arrived.at();
        }
    }

    private synchronized List<TenantChanges> restart() {
        publishers.restart();
        byArrival.clear();
        restartedAt = clock.instant();
        completeSince = restartedAt;
        tenants.values().forEach(TenantChanges::restart);
        tenants.values().removeIf(TenantChanges::isUnused);
        return List.copyOf(tenants.values());
    }

    /** Wakes the boards on another thread: there may be many, and the caller may hold a lock. */
    private void wake(Collection<TenantChanges> changed) {
        if (!changed.stream().allMatch(changes -> changes.boards.isEmpty())) {
            threads.execute(() ->
                    changed.stream().flatMap(changes -> changes.boards.stream()).forEach(board -> board.wake.run()));
        }
    }

    private TenantChanges tenant(Tenant tenant) {
        return tenants.computeIfAbsent(tenant, _ -> new TenantChanges());
    }
}
