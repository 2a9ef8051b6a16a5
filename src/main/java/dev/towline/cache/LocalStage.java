package dev.towline.cache;

import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeFeed;
import dev.towline.store.ChangeStage;
import java.time.InstantSource;

/** Applies changes to the memory of this instance, its own and those of other instances. Thread-safe, does not block. */
final class LocalStage implements ChangeStage {

    private final LocalCache cache;
    private final ChangeFeed feed;
    private final InstantSource clock;

    LocalStage(LocalCache cache, ChangeFeed feed, InstantSource clock) {
        this.cache = cache;
        this.feed = feed;
        this.clock = clock;
    }

    @Override
    public Stage stage() {
        return Stage.LOCAL;
    }

    @Override
    public void pass(ChangeEvent event) {
        switch (event) {
            case ChangeEvent.Applied applied ->
                applied.entities()
                        .forEach(change -> cache.apply(
                                change,
                                // a message that was delayed says nothing about now
                                applied.isLocal() || feed.isProven(change.key()),
                                clock.instant()));
            case ChangeEvent.Doubt doubt -> cache.evict(doubt.keys());
            case ChangeEvent.Gap _ -> cache.clear();
        }
    }
}
