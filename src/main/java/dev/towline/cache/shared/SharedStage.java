package dev.towline.cache.shared;

import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStage;
import java.time.InstantSource;
import java.util.List;

/**
 * Applies the changes of this instance to the shared values in Redis, and keeps this instance from using shared values that are older than
 * the changes of others. Blocks as commands to Redis do, thread-safe.
 */
final class SharedStage implements ChangeStage {

    private final RedisSharedTier shared;
    private final InstantSource clock;

    SharedStage(RedisSharedTier shared, InstantSource clock) {
        this.shared = shared;
        this.clock = clock;
    }

    @Override
    public Stage stage() {
        return Stage.SHARED;
    }

    @Override
    public void pass(ChangeEvent event) {
        switch (event) {
            case ChangeEvent.Applied applied -> {
                List<Change> entities = applied.entities();
                // Each instance shares its own writes.
                if (applied.isLocal() && !entities.isEmpty()) {
                    shared.wrote(entities, clock.instant());
                }
            }
            case ChangeEvent.Doubt doubt -> shared.drop(doubt.keys());
            case ChangeEvent.Gap gap -> {
                if (gap.isCommon()) {
                    shared.end();
                }
            }
        }
    }
}
