package dev.towline.cache;

import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStage;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Applies changes to the memory of this instance, its own and those of other instances. Thread-safe, does not block. */
final class LocalStage implements ChangeStage {

    private final LocalCache cache;
    private final BooleanSupplier proven;
    private final InstantSource clock;

    /** @param proven whether the changes of other instances arrive here in time */
    LocalStage(LocalCache cache, BooleanSupplier proven, InstantSource clock) {
        this.cache = cache;
        this.proven = proven;
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
                        .forEach(change ->
                                cache.apply(change, applied.isLocal() || proven.getAsBoolean(), clock.instant()));
            case ChangeEvent.Doubt doubt -> cache.evict(doubt.keys());
            case ChangeEvent.Gap _ -> cache.clear();
        }
    }
}
