package dev.towline.cache;

import dev.towline.dynamo.ChangeListener;
import dev.towline.dynamo.Changed;
import dev.towline.dynamo.EntityKey;
import java.time.InstantSource;
import java.util.List;

/** Keeps what is remembered as new as what was written. Thread-safe. */
final class Coherence implements ChangeListener {

    private final Entries entries;
    private final InstantSource clock;

    Coherence(Entries entries, InstantSource clock) {
        this.entries = entries;
        this.clock = clock;
    }

    @Override
    public void changed(List<Changed> changes) {
        for (Changed change : changes) {
            if (change.key().sort() == null) {
                entries.replace(change.key().ref(), change.value(), clock.instant());
            }
        }
    }

    @Override
    public void inDoubt(List<EntityKey> keys) {
        keys.forEach(key -> entries.evict(key.ref()));
    }
}
