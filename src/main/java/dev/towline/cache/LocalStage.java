package dev.towline.cache;

import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStage;
import dev.towline.store.EntityKey;
import dev.towline.store.EntityRef;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Keeps what this instance remembers as new as what was written, here and by other instances. Thread-safe, does not block. */
final class LocalStage implements ChangeStage {

    private final Entries entries;
    private final DerivedCache computed;
    private final BooleanSupplier proven;
    private final InstantSource clock;

    /** @param proven whether what others write arrives here in time */
    LocalStage(Entries entries, DerivedCache computed, BooleanSupplier proven, InstantSource clock) {
        this.entries = entries;
        this.computed = computed;
        this.proven = proven;
        this.clock = clock;
    }

    /** The changes that are about entities, not about rows of a list, which no cache holds. */
    static List<Change> entities(ChangeEvent.Applied applied) {
        return applied.changes().stream()
                .filter(change -> change.key().sort() == null)
                .toList();
    }

    @Override
    public Stage stage() {
        return Stage.LOCAL;
    }

    @Override
    public void pass(ChangeEvent event) {
        switch (event) {
            case ChangeEvent.Applied applied ->
                entities(applied).forEach(change -> apply(change, applied.isLocal() || proven.getAsBoolean()));
            case ChangeEvent.Doubt doubt -> forget(doubt.keys());
            case ChangeEvent.Gap _ -> {
                entries.evictAll();
                computed.evictIf(_ -> true);
            }
        }
    }

    /** @param isInTime otherwise the message may be of long ago: the state was the newest then, and need not be now */
    private void apply(Change change, boolean isInTime) {
        EntityRef entity = change.key().ref();
        if (isInTime) {
            entries.replace(entity, change.value(), clock.instant());
        } else {
            entries.evictOlder(entity, change.value().version());
        }
        computed.changed(change.value(), change.before());
    }

    private void forget(List<EntityKey> keys) {
        keys.forEach(key -> entries.evict(key.ref()));
        computed.evictIf(
                key -> keys.stream().anyMatch(each -> each.tenant().name().equals(key.tenant())));
    }
}
