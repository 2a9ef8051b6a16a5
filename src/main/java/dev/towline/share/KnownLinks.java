package dev.towline.share;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.towline.live.LiveSettings;
import dev.towline.problem.Unavailable;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeFeed;
import dev.towline.store.ChangeStage;
import dev.towline.store.Store;
import dev.towline.tracking.Sessions;
import dev.towline.tracking.TrackingSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The links that were presented lately, so that a request of a guest costs no read. A change of a link removes it, also while it is being
 * read; a link that was never announced as changed is read again after {@code towline.live.recheck}; while changes of other instances may be
 * missing, after a second. Few unknown links are read at a time, because strangers can make up any number; known ones do not wait for them.
 * Thread-safe.
 */
@Component
final class KnownLinks implements ChangeStage {

    private static final int MOST = 10_000;

    /** As for cached values, see {@code infra-notes/cache.md}. */
    private static final Duration UNPROVEN_LIMIT = Duration.ofSeconds(1);

    /** The most unknown links that are read at one time. A read takes some milliseconds. */
    private static final int MOST_UNKNOWN_READS = 8;

    private final AsyncCache<ShareLinkKey, Known> links =
            Caffeine.newBuilder().maximumSize(MOST).buildAsync();

    private final Semaphore unknownReads = new Semaphore(MOST_UNKNOWN_READS);
    private final Store store;
    private final ChangeFeed feed;
    private final Duration recheck;
    private final InstantSource clock;
    private volatile Instant lastGap = Instant.MIN;

    /**
     * A link.
     *
     * @param sessionEndedAt the end of its session, null while that is active
     * @param asOf before both were read
     */
    record Known(ShareLink link, @Nullable Instant sessionEndedAt, Instant asOf) {

        /** When it ends, as far as is known. */
        Instant end() {
            Instant sessionEnd =
                    sessionEndedAt == null ? Instant.MAX : sessionEndedAt.plus(Sessions.SEEN_BY_GUEST_AFTER_END);
            return sessionEnd.isBefore(link.expiresAt()) ? sessionEnd : link.expiresAt();
        }

        boolean isValid(Instant now) {
            return link.isValid(now) && now.isBefore(end());
        }
    }

    KnownLinks(Store store, ChangeFeed feed, LiveSettings settings, InstantSource clock) {
        this.store = store;
        this.feed = feed;
        this.recheck = settings.recheck();
        this.clock = clock;
    }

    /**
     * Finds a link. Blocks if it must be read.
     *
     * @return null if there is none, or if its session does not exist
     * @throws Unavailable if the database does not answer, or too many unknown links are being read
     */
    @Nullable
    Known find(ShareLinkKey key) {
        CompletableFuture<Known> seen = loaded(key, this::readUnknown);
        Known known = result(seen);
        if (known == null || isFresh(known)) {
            return known;
        }
        links.asMap().remove(key, seen); // not a newer one, which another caller may be loading
        return result(loaded(key, this::read));
    }

    /** Whether {@link #find} needs not ask the database whether there is one. */
    boolean isKnown(ShareLinkKey key) {
        return links.getIfPresent(key) != null;
    }

    private boolean isFresh(Known known) {
        Duration limit = feed.isProven(known.link.key()) ? recheck : UNPROVEN_LIMIT;
        return known.asOf.isAfter(lastGap) && known.asOf.plus(limit).isAfter(clock.instant());
    }

    /** A failed read, and a link that does not exist, are not kept. */
    private CompletableFuture<Known> loaded(ShareLinkKey key, Function<ShareLinkKey, @Nullable Known> read) {
        return links.get(
                key, (_, _) -> CompletableFuture.supplyAsync(() -> read.apply(key), Thread::startVirtualThread));
    }

    private static @Nullable Known result(CompletableFuture<Known> link) {
        try {
            return link.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private @Nullable Known readUnknown(ShareLinkKey key) {
        if (!unknownReads.tryAcquire()) {
            throw new Unavailable("Too many share links are being checked. Try again in a moment.", null);
        }
        try {
            return read(key);
        } finally {
            unknownReads.release();
        }
    }

    private @Nullable Known read(ShareLinkKey key) {
        Instant asOf = clock.instant();
        ShareLink link =
                store.getAllConsistently(ShareLinks.TABLE, List.of(key)).get(key);
        if (link == null) {
            return null;
        }
        TrackingSession session = store.getConsistently(Sessions.TABLE, link.sessionKey());
        return session == null ? null : new Known(link, session.endedAt(), asOf);
    }

    @Override
    public Stage stage() {
        return Stage.LOCAL;
    }

    @Override
    public void pass(ChangeEvent event) {
        switch (event) {
            case ChangeEvent.Applied applied ->
                applied.entities().stream().map(Change::key).forEach(key -> {
                    if (key instanceof ShareLinkKey link) {
                        links.synchronous().invalidate(link);
                    }
                });
            case ChangeEvent.Doubt doubt ->
                doubt.keys().forEach(key -> {
                    if (key instanceof ShareLinkKey link) {
                        links.synchronous().invalidate(link);
                    }
                });
            // They are kept, so that they are still known ones.
            case ChangeEvent.Gap _ -> lastGap = clock.instant();
        }
    }
}
