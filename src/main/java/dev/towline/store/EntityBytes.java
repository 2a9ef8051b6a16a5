package dev.towline.store;

import dev.towline.viewer.Tenant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A compact binary format of entities, for messages and for the cache in Redis. Attributes have the names of the tables, so instances of
 * different versions are as compatible as they are with each other's items in DynamoDB. Thread-safe.
 */
public final class EntityBytes {

    /** The version of this format; the attributes of an entity are not part of it. */
    private static final int LAYOUT = 1;

    private final Map<String, Table<?>> tables = new HashMap<>();

    private final RecentBytes recent = new RecentBytes();

    public EntityBytes(List<Table<?>> tables) {
        tables.forEach(table -> this.tables.put(table.entity(), table));
    }

    /** Encodes an entity. The array is shared with other callers: do not change it. */
    public byte[] encode(Entity entity) {
        byte[] known = recent.of(entity);
        if (known != null) {
            return known;
        }
        byte[] encoded = encode(table(entity.key().entity()), entity);
        recent.put(entity, encoded);
        return encoded;
    }

    /** The approximate heap size of an entity in bytes: about three times its encoded size. */
    public int heapBytes(Entity entity) {
        return 3 * encode(entity).length;
    }

    /** Decodes the bytes from {@link #encode}; empty if this instance does not support the layout or the kind of entity. */
    public Optional<Entity> decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readUnsignedByte() != LAYOUT) {
                return Optional.empty();
            }
            Table<?> table = tables.get(in.readUTF());
            if (table == null) {
                return Optional.empty();
            }
            Tenant tenant = new Tenant(in.readUTF());
            String id = in.readUTF();
            String sort = in.readBoolean() ? in.readUTF() : null;
            Revision revision = new Revision(in.readInt(), strings(in));
            return Optional.of(table.codec().read(new ItemReader(tenant, id, sort, revision, attributes(in))));
        } catch (IOException e) {
            throw new UncheckedIOException("the bytes of an entity end too early", e);
        }
    }

    private static <T extends Entity> byte[] encode(Table<T> table, Entity entity) {
        @SuppressWarnings("unchecked") // a table holds one kind of entity, and was found by its name
        T value = (T) entity;
        EntityKey key = value.key();
        ItemWriter attributes = new ItemWriter();
        table.codec().write(value, attributes);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(LAYOUT);
            out.writeUTF(table.entity());
            out.writeUTF(key.tenant().name());
            out.writeUTF(key.id());
            optional(out, key.sort());
            out.writeInt(value.version());
            strings(out, value.revision().writeIds());
            attributes(out, attributes.attributes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Table<?> table(String entity) {
        Table<?> table = tables.get(entity);
        if (table == null) {
            throw new IllegalArgumentException("no table of '" + entity + "'");
        }
        return table;
    }

    private static void attributes(DataOutputStream out, Map<String, ItemValue> attributes) throws IOException {
        out.writeShort(attributes.size());
        for (Map.Entry<String, ItemValue> attribute : attributes.entrySet()) {
            out.writeUTF(attribute.getKey());
            value(out, attribute.getValue());
        }
    }

    private static Map<String, ItemValue> attributes(DataInputStream in) throws IOException {
        Map<String, ItemValue> attributes = new LinkedHashMap<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            attributes.put(in.readUTF(), value(in));
        }
        return attributes;
    }

    private static void value(DataOutputStream out, ItemValue value) throws IOException {
        switch (value) {
            case ItemValue.Null _ -> out.writeByte('0');
            case ItemValue.Text text -> {
                out.writeByte('S');
                text(out, text.value());
            }
            case ItemValue.Decimal number -> {
                out.writeByte('N');
                out.writeUTF(number.digits());
            }
            case ItemValue.Binary binary -> {
                out.writeByte('B');
                bytes(out, binary.value());
            }
            case ItemValue.Part part -> {
                out.writeByte('M');
                attributes(out, part.attributes());
            }
            case ItemValue.Sequence sequence -> {
                out.writeByte('L');
                out.writeInt(sequence.values().size());
                for (ItemValue each : sequence.values()) {
                    value(out, each);
                }
            }
        }
    }

    private static ItemValue value(DataInputStream in) throws IOException {
        return switch (in.readUnsignedByte()) {
            case '0' -> ItemValue.Null.NULL;
            case 'S' -> new ItemValue.Text(text(in));
            case 'N' -> new ItemValue.Decimal(in.readUTF());
            case 'B' -> new ItemValue.Binary(ByteBuffer.wrap(bytes(in)));
            case 'M' -> new ItemValue.Part(attributes(in));
            case 'L' -> {
                List<ItemValue> values = new ArrayList<>();
                for (int left = in.readInt(); left > 0; left--) {
                    values.add(value(in));
                }
                yield new ItemValue.Sequence(values);
            }
            default -> throw new IOException("no such type of attribute");
        };
    }

    /** Writes a text of any length; writeUTF is limited to 65,535 bytes. */
    private static void text(DataOutputStream out, String text) throws IOException {
        bytes(out, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static void bytes(DataOutputStream out, ByteBuffer bytes) throws IOException {
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        out.writeInt(array.length);
        out.write(array);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static void strings(DataOutputStream out, List<String> texts) throws IOException {
        out.writeByte(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static List<String> strings(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static void optional(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }
}
