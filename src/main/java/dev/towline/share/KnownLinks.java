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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The links that were presented lately, so that a request of a guest costs no read. A change of a link removes it, also while it is being
 * read; a link that was never announced as changed is read again after {@code towline.live.recheck}; while changes of other instances may be
 * missing, after a second. Thread-safe.
 */
@Component
final class KnownLinks implements ChangeStage {

    private static final int MOST = 10_000;

    /** As for cached values, see {@code infra-notes/cache.md}. */
    private static final Duration UNPROVEN_LIMIT = Duration.ofSeconds(1);

    private final AsyncCache<ShareLinkKey, Known> links;
    private final Store store;
    private final ChangeFeed feed;
    private final InstantSource clock;

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
        this.clock = clock;
        this.links = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(settings.recheck())
                .buildAsync();
    }

    /**
     * Finds a link. Blocks if it must be read.
     *
     * @return null if there is none, or if its session does not exist
     * @throws Unavailable if the database does not answer
     */
    @Nullable
    Known find(ShareLinkKey key) {
        Known known = get(key);
        if (known != null && !isFresh(known)) {
            links.synchronous().invalidate(key);
            return get(key);
        }
        return known;
    }

    private boolean isFresh(Known known) {
        return feed.isProven() || known.asOf.plus(UNPROVEN_LIMIT).isAfter(clock.instant());
    }

    private @Nullable Known get(ShareLinkKey key) {
        try {
            // a failed read, and a link that does not exist, are not kept
            return links.get(key, (_, _) -> CompletableFuture.supplyAsync(() -> read(key), Thread::startVirtualThread))
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private @Nullable Known read(ShareLinkKey key) {
        Instant asOf = clock.instant();
        ShareLink link = store.getConsistently(ShareLinks.TABLE, key);
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
            case ChangeEvent.Gap _ -> links.synchronous().invalidateAll();
        }
    }
}
