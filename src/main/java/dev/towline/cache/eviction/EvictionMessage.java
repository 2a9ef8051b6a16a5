package dev.towline.cache.eviction;

import dev.towline.change.MessageKind;
import dev.towline.viewer.Tenant;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A message between instances about an eviction. */
sealed interface EvictionMessage {

    /**
     * Asks all instances to evict entries. It carries the original input, which each instance interprets by its own schema.
     *
     * @param request the id that the answers carry
     */
    record Command(long request, Tenant tenant, EvictCacheInput input) implements EvictionMessage {}

    /**
     * Confirms an eviction by one instance.
     *
     * @param request the id of the command
     * @param evicted the number of evicted entries
     */
    record Done(long request, int evicted) implements EvictionMessage {}

    JsonMapper JSON = JsonMapper.shared();

    default byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            switch (this) {
                case Command command -> {
                    MessageKind.EVICT.begin(out);
                    out.writeLong(command.request);
                    out.writeUTF(command.tenant.name());
                    out.write(JSON.writeValueAsBytes(command.input.asMap()));
                }
                case Done done -> {
                    MessageKind.EVICTED.begin(out);
                    out.writeLong(done.request);
                    out.writeInt(done.evicted);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Decodes the message after its header; null if it is of another kind or malformed.
     *
     * @throws IOException if it ends too early
     */
    static @Nullable EvictionMessage decode(MessageKind kind, DataInputStream in) throws IOException {
        try {
            return switch (kind) {
                case EVICT -> new Command(in.readLong(), new Tenant(in.readUTF()), input(in.readAllBytes()));
                case EVICTED -> new Done(in.readLong(), in.readInt());
                case CHANGES -> null;
            };
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static EvictCacheInput input(byte[] json) {
        Map<String, @Nullable Object> values =
                JSON.readValue(new String(json, StandardCharsets.UTF_8), new TypeReference<>() {});
        return EvictCacheInput.of(values);
    }
}
