package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Reads what {@link PackedWriter} wrote, in the same order. Not thread-safe. */
final class PackedReader {

    private final ByteBuffer bytes;

    PackedReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int octet() {
        return Byte.toUnsignedInt(bytes.get());
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = octet();
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    /** A whole number that is not negative. */
    int count() {
        return Math.toIntExact(unsigned());
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    Instant instant(Instant since) {
        return Instant.ofEpochMilli(since.toEpochMilli() + signed());
    }

    GeoPoint point(GeoPoint from) {
        return new GeoPoint(
                Precision.POSITION.of(Precision.POSITION.steps(from.latitude()) + signed()),
                Precision.POSITION.of(Precision.POSITION.steps(from.longitude()) + signed()));
    }

    String id() {
        int length = count() - 1;
        if (length < 0) {
            return new UUID(bytes.getLong(), bytes.getLong()).toString();
        }
        byte[] utf8 = new byte[length];
        bytes.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
