package dev.towline.cache;

import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStage;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Keeps what this instance remembers as new as what was written, here and by other instances. Thread-safe, does not block. */
final class LocalStage implements ChangeStage {

    private final LocalCache cache;
    private final BooleanSupplier proven;
    private final InstantSource clock;

    /** @param proven whether what others write arrives here in time */
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
            case ChangeEvent.Doubt doubt -> cache.forget(doubt.keys());
            case ChangeEvent.Gap _ -> cache.clear();
        }
    }
}
