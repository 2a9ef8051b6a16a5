package dev.towline.tracking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.towline.problem.NotFound;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeFeed;
import dev.towline.store.ChangeStage;
import dev.towline.store.EntityRef;
import dev.towline.store.Store;
import dev.towline.store.VersionFloors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The current states of watched sessions. A state comes from memory where it is surely current, and otherwise from one consistent read that
 * all callers share. It is current if all of this holds:
 *
 * <ul>
 *   <li>No change is known that is newer, neither from a write nor from a version that a client has seen ({@link VersionFloors}).
 *   <li>No changes of other instances were lost since it was read.
 *   <li>Its changes by other instances provably arrive, or it was read within the last second.
 * </ul>
 *
 * <p>Thread-safe.
 */
@Component
final class CurrentSessions implements ChangeStage {

    private static final int MOST = 20_000;

    private static final Duration KEPT_WITHOUT_USE = Duration.ofMinutes(1);

    /** As for cached values, see {@code infra-notes/cache.md}. */
    private static final Duration UNPROVEN_LIMIT = Duration.ofSeconds(1);

    private final Cache<SessionKey, Known> states = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(KEPT_WITHOUT_USE)
            .executor(Runnable::run)
            .build();

    private final ConcurrentMap<SessionKey, CompletableFuture<TrackingSession>> reads = new ConcurrentHashMap<>();
    private final Store store;
    private final VersionFloors floors;
    private final ChangeFeed feed;
    private final InstantSource clock;
    private volatile Instant lastGap = Instant.MIN;

    /** @param asOf when the state was heard of, or before it was read */
    private record Known(TrackingSession state, Instant asOf) {

        Known or(Known other) {
            int versions = Integer.compare(other.state.version(), state.version());
            return versions > 0 || (versions == 0 && other.asOf.isAfter(asOf)) ? other : this;
        }
    }

    CurrentSessions(Store store, VersionFloors floors, ChangeFeed feed, InstantSource clock) {
        this.store = store;
        this.floors = floors;
        this.feed = feed;
        this.clock = clock;
    }

    /**
     * The current state. Blocks if it must be read.
     *
     * @param atLeast a sequence that the caller knows of; a remembered state with a lower one is not current
     * @throws NotFound if the session does not exist
     */
    TrackingSession get(SessionKey key, int atLeast) {
        TrackingSession remembered = remembered(key, atLeast);
        if (remembered != null) {
            return remembered;
        }
        CompletableFuture<TrackingSession> own = new CompletableFuture<>();
        CompletableFuture<TrackingSession> inFlight = reads.putIfAbsent(key, own);
        if (inFlight == null) {
            return read(key, own);
        }
        // It began before this call, so its result may be too old, and is judged like a remembered state.
        var _ = result(inFlight);
        remembered = remembered(key, atLeast);
        if (remembered != null) {
            return remembered;
        }
        CompletableFuture<TrackingSession> next = reads.putIfAbsent(key, own);
        return next == null ? read(key, own) : result(next);
    }

    /**
     * Remembers a state that was read. If it is new to this instance, it passes the stages first, so that no cache is older than what a
     * subscriber is told. A version that a client has seen, or that a write with an unknown outcome gave, may be unknown to the other
     * instances, too, so they are told as well.
     *
     * @param asOf before the read began
     */
    void found(TrackingSession state, Instant asOf) {
        EntityRef ref = state.key().ref();
        if (state.version() > floors.known(ref)) {
            if (state.version() <= floors.claimed(ref)) {
                store.announceAgain(Sessions.TABLE, state);
            } else {
                store.announceHere(Sessions.TABLE, state);
            }
        }
        states.asMap().merge(state.key(), new Known(state, asOf), Known::or);
    }

    @Override
    public Stage stage() {
        return Stage.LOCAL;
    }

    @Override
    public void pass(ChangeEvent event) {
        switch (event) {
            case ChangeEvent.Applied applied -> {
                Instant now = clock.instant();
                for (Change change : applied.entities()) {
                    if (change.value() instanceof TrackingSession state) {
                        // a message that was delayed says nothing about now
                        boolean isCurrent = applied.isLocal() || feed.isProven(state.key());
                        states.asMap()
                                .computeIfPresent(
                                        state.key(),
                                        (_, known) -> known.or(new Known(state, isCurrent ? now : known.asOf)));
                    }
                }
            }
            case ChangeEvent.Doubt doubt ->
                doubt.keys().forEach(key -> {
                    if (key instanceof SessionKey session) {
                        states.invalidate(session);
                    }
                });
            case ChangeEvent.Gap _ -> {
                lastGap = clock.instant();
                states.invalidateAll();
            }
        }
    }

    private @Nullable TrackingSession remembered(SessionKey key, int atLeast) {
        Known known = states.getIfPresent(key);
        if (known == null || known.state.sequence() < atLeast || !known.asOf.isAfter(lastGap)) {
            return null;
        }
        boolean isCurrent = !floors.isIncomplete()
                && floors.allows(key.ref(), known.state.version())
                && (feed.isProven(key) || known.asOf.plus(UNPROVEN_LIMIT).isAfter(clock.instant()));
        return isCurrent ? known.state : null;
    }

    private TrackingSession read(SessionKey key, CompletableFuture<TrackingSession> result) {
        try {
            Instant asOf = clock.instant();
            TrackingSession state =
                    store.getAllConsistently(Sessions.TABLE, List.of(key)).get(key);
            if (state == null) {
                throw new NotFound("sessionId", "a tracking session");
            }
            found(state, asOf);
            reads.remove(key, result); // before it completes, so that nobody joins a completed read
            result.complete(state);
            return state;
        } catch (Throwable error) { // also errors: those who wait must not wait for ever
            reads.remove(key, result);
            result.completeExceptionally(error);
            throw error;
        }
    }

    private static TrackingSession result(CompletableFuture<TrackingSession> read) {
        try {
            return read.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
