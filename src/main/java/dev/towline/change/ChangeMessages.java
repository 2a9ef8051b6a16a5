package dev.towline.change;

import dev.towline.store.Change;
import dev.towline.store.Entity;
import dev.towline.store.EntityBytes;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The format of messages about writes: entities in their own binary format. Thread-safe. */
final class ChangeMessages {

    private final EntityBytes entities;

    ChangeMessages(EntityBytes entities) {
        this.entities = entities;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Encoded(byte[] value, byte @Nullable [] before) {}

    byte[] encode(List<Change> changes) {
        return MessageKind.CHANGES.encode(changes.stream()
                .map(change -> new Encoded(
                        entities.encode(change.value()),
                        change.before() == null ? null : entities.encode(change.before())))
                .toList());
    }

    /** Decodes the body from {@link #encode}; null if this instance cannot read all changes. */
    @Nullable
    List<Change> decode(InputStream body) {
        try {
            List<Change> changes = new ArrayList<>();
            for (Encoded each : MessageKind.CBOR.readValue(body, Encoded[].class)) {
                Optional<Entity> value = entities.decode(each.value);
                if (value.isEmpty()) {
                    return null;
                }
                Entity before = each.before == null
                        ? null
                        : entities.decode(each.before).orElse(null);
                changes.add(new Change(value.get(), before));
            }
            return changes;
        } catch (RuntimeException e) {
            return null;
        }
    }
}
