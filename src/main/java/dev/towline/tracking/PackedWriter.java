package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers in as few bytes as their size needs: base 128 varints, signed ones in zigzag form. Not thread-safe.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Encoding of Protocol Buffers: varints, signed integers</a>
 */
final class PackedWriter {

    private static final int UUID_CHARACTERS = 36;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    PackedWriter octet(int value) {
        bytes.write(value);
        return this;
    }

    PackedWriter unsigned(long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            bytes.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        bytes.write((int) left);
        return this;
    }

    PackedWriter signed(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    /** A time, in milliseconds since another one. */
    PackedWriter instant(Instant value, Instant since) {
        return signed(value.toEpochMilli() - since.toEpochMilli());
    }

    /** A position, in steps of {@link Precision#POSITION} from another one. */
    PackedWriter point(GeoPoint value, GeoPoint from) {
        return signed(Precision.POSITION.steps(value.latitude()) - Precision.POSITION.steps(from.latitude()))
                .signed(Precision.POSITION.steps(value.longitude()) - Precision.POSITION.steps(from.longitude()));
    }

    /** An id: a UUID in 17 bytes, any other text in its length and UTF-8. */
    PackedWriter id(String value) {
        UUID uuid = uuid(value);
        if (uuid == null) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            unsigned(utf8.length + 1L);
            bytes.writeBytes(utf8);
            return this;
        }
        return octet(0).fixed(uuid.getMostSignificantBits()).fixed(uuid.getLeastSignificantBits());
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    private PackedWriter fixed(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes.write((int) (value >>> shift));
        }
        return this;
    }

    /** The UUID of this text, null if the text is not exactly what {@link UUID#toString()} returns. */
    private static @Nullable UUID uuid(String text) {
        if (text.length() != UUID_CHARACTERS) {
            return null;
        }
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equals(text) ? uuid : null;
        } catch (IllegalArgumentException other) {
            return null;
        }
    }
}
