package dev.towline.tracking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.ChangeStage;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The newest states that this instance knows of the sessions whose fixes it takes. A state may be outdated: the condition of the next write
 * finds out. Changes by other writers are taken over, because a lost condition costs three requests more. Thread-safe.
 */
@Component
final class KnownSessions implements ChangeStage {

    /** Each takes some kilobytes. One that is forgotten costs a read. */
    private static final int MOST = 10_000;

    private final Cache<SessionKey, TrackingSession> states =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /** The newest known state, null if there is none. */
    @Nullable
    TrackingSession get(SessionKey key) {
        return states.getIfPresent(key);
    }

    /** Knows this state from now on, unless a newer one is known. */
    void put(TrackingSession state) {
        states.asMap().merge(state.key(), state, KnownSessions::newer);
    }

    /** Knows nothing of this session any more. */
    void forget(SessionKey key) {
        states.invalidate(key);
    }

    @Override
    public Stage stage() {
        return Stage.LOCAL;
    }

    @Override
    public void pass(ChangeEvent event) {
        switch (event) {
            case ChangeEvent.Applied applied ->
                applied.entities().stream().map(Change::value).forEach(value -> {
                    if (value instanceof TrackingSession state) {
                        states.asMap().computeIfPresent(state.key(), (_, known) -> newer(known, state));
                    }
                });
            case ChangeEvent.Doubt doubt ->
                doubt.keys().forEach(key -> {
                    if (key instanceof SessionKey session) {
                        forget(session);
                    }
                });
            case ChangeEvent.Gap(Reason reason) -> {
                // Otherwise each state is checked by the condition of the next write. But in a replaced table a version
                // may be another state.
                if (reason == Reason.TABLES_REPLACED) {
                    states.invalidateAll();
                }
            }
        }
    }

    private static TrackingSession newer(TrackingSession one, TrackingSession other) {
        return other.version() > one.version() ? other : one;
    }
}
