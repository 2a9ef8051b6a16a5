package dev.towline.localdax;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.dataformat.cbor.CBORGenerator;

/**
 * Writes items of CBOR that follow each other, each in the form that clients insist on: arrays and maps have a length except where
 * {@link #stream} says so, text is in one piece. Not thread-safe.
 */
final class CborOutput {

    private final CBORGenerator generator;
    private final ByteArrayBuilder written;

    CborOutput(CBORGenerator generator, ByteArrayBuilder written) {
        this.generator = generator;
        this.written = written;
    }

    /** What has been written. Nothing can be added after it. */
    byte[] bytes() {
        generator.close();
        return written.toByteArray();
    }

    CborOutput nothing() {
        generator.writeNull();
        return this;
    }

    CborOutput bool(boolean value) {
        generator.writeBoolean(value);
        return this;
    }

    CborOutput integer(long value) {
        generator.writeNumber(value);
        return this;
    }

    CborOutput real(double value) {
        generator.writeNumber(value);
        return this;
    }

    /** An integer where the number is one and not longer than its digits, or a decimal fraction. */
    CborOutput number(BigDecimal value) {
        BigDecimal shortest = value.stripTrailingZeros();
        if (shortest.scale() > 0 || shortest.precision() - shortest.scale() > 38) {
            generator.writeNumber(shortest);
        } else {
            generator.writeNumber(shortest.toBigIntegerExact());
        }
        return this;
    }

    CborOutput text(@Nullable String value) {
        if (value == null) {
            return nothing();
        }
        // writeString would cut long text into chunks
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        generator.writeUTF8String(utf8, 0, utf8.length);
        return this;
    }

    CborOutput binary(byte[] value) {
        generator.writeBinary(value);
        return this;
    }

    /** A byte string that holds what the writer writes. */
    CborOutput nested(Consumer<CborOutput> writer) {
        CborOutput inner = Cbor.output();
        writer.accept(inner);
        return binary(inner.bytes());
    }

    CborOutput tag(int tag) {
        generator.writeTag(tag);
        return this;
    }

    /** An array; exactly that many items are to follow before {@link #end}. */
    CborOutput array(int size) {
        generator.writeStartArray(null, size);
        return this;
    }

    CborOutput end() {
        generator.writeEndArray();
        return this;
    }

    /** A map; exactly that many entries are to follow before {@link #endMap}. */
    CborOutput map(int size) {
        generator.writeStartObject(null, size);
        return this;
    }

    /** A map of any size. */
    CborOutput stream() {
        generator.writeStartObject(null);
        return this;
    }

    CborOutput key(int key) {
        generator.writePropertyId(key);
        return this;
    }

    CborOutput key(String key) {
        generator.writeName(key);
        return this;
    }

    CborOutput endMap() {
        generator.writeEndObject();
        return this;
    }
}
