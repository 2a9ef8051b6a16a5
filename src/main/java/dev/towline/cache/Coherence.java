package dev.towline.cache;

import dev.towline.coherence.BusListener;
import dev.towline.coherence.Miss;
import dev.towline.dynamo.ChangeListener;
import dev.towline.dynamo.Changed;
import dev.towline.dynamo.Entity;
import dev.towline.dynamo.EntityKey;
import dev.towline.dynamo.EntityRef;
import dev.towline.dynamo.Floors;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Keeps what is remembered as new as what was written, here and by other instances. After all other listeners to changes: when others hear
 * of one, whatever else is derived from it is done. Thread-safe.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class Coherence implements ChangeListener, BusListener {

    private final Entries entries;
    private final DerivedCache derived;
    private final SharedTier shared;
    private final Floors floors;
    private final Consumer<byte[]> others;
    private final ChangeMessages messages;
    private final BooleanSupplier proven;
    private final InstantSource clock;

    /**
     * @param others told of each write of this instance: {@link dev.towline.coherence.Bus#publish}
     * @param proven whether what others write arrives here in time
     */
    Coherence(
            Entries entries,
            DerivedCache derived,
            SharedTier shared,
            Floors floors,
            Consumer<byte[]> others,
            ChangeMessages messages,
            BooleanSupplier proven,
            InstantSource clock) {
        this.entries = entries;
        this.derived = derived;
        this.shared = shared;
        this.floors = floors;
        this.others = others;
        this.messages = messages;
        this.proven = proven;
        this.clock = clock;
    }

    @Override
    public void changed(List<Changed> changes) {
        List<Changed> single =
                changes.stream().filter(change -> change.key().sort() == null).toList();
        if (single.isEmpty()) {
            return;
        }
        try {
            // First: else a load that begins in between would find there what is forgotten here.
            shared.wrote(single, clock.instant());
        } finally {
            single.forEach(change -> apply(change.value(), change.before()));
            others.accept(messages.encode(single));
        }
    }

    @Override
    public void inDoubt(List<EntityKey> keys) {
        shared.drop(keys);
        keys.forEach(key -> entries.evict(key.ref()));
        derived.evictIf(
                key -> keys.stream().anyMatch(each -> each.tenant().name().equals(key.tenant())));
    }

    @Override
    public void heard(byte[] payload) {
        if (MessageKind.isEviction(payload)) {
            return;
        }
        List<ChangeMessages.Change> changes = messages.decode(payload);
        if (changes == null) {
            floors.doubt();
            forgetEverything();
            return;
        }
        for (ChangeMessages.Change change : changes) {
            EntityRef entity = change.value().key().ref();
            floors.raise(entity, change.value().version());
            if (proven.getAsBoolean()) {
                apply(change.value(), change.before());
            } else {
                // It may be of long ago: known to be the newest then, not now.
                entries.evictOlder(entity, change.value().version());
                derived.changed(change.value(), change.before());
            }
        }
    }

    @Override
    public void missed(Miss reason) {
        // What this instance did not listen to, others did. And first: else what is shared would be remembered anew.
        if (reason != Miss.BEFORE) {
            shared.end();
        }
        floors.doubt();
        forgetEverything();
    }

    private void apply(Entity value, @Nullable Entity before) {
        entries.replace(value.key().ref(), value, clock.instant());
        derived.changed(value, before);
    }

    private void forgetEverything() {
        entries.evictAll();
        derived.evictIf(_ -> true);
    }
}
