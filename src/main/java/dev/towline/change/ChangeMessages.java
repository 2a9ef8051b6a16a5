package dev.towline.change;

import dev.towline.store.Change;
import dev.towline.store.Entity;
import dev.towline.store.EntityBytes;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The binary format of messages about writes. Thread-safe. */
final class ChangeMessages {

    private final EntityBytes entities;

    ChangeMessages(EntityBytes entities) {
        this.entities = entities;
    }

    byte[] encode(List<Change> changes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            MessageKind.CHANGES.begin(out);
            out.writeShort(changes.size());
            for (Change change : changes) {
                write(out, change.value());
                Entity before = change.before();
                out.writeBoolean(before != null);
                if (before != null) {
                    write(out, before);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Decodes the bytes from {@link #encode} after the header; null if this instance cannot read all changes.
     */
    @Nullable
    List<Change> decode(DataInputStream in) {
        try {
            List<Change> changes = new ArrayList<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                Optional<Entity> value = read(in);
                Optional<Entity> before = in.readBoolean() ? read(in) : Optional.empty();
                if (value.isEmpty()) {
                    return null;
                }
                changes.add(new Change(value.get(), before.orElse(null)));
            }
            return changes;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private void write(DataOutputStream out, Entity entity) throws IOException {
        byte[] bytes = entities.encode(entity);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private Optional<Entity> read(DataInputStream in) throws IOException {
        return entities.decode(in.readNBytes(in.readInt()));
    }
}
