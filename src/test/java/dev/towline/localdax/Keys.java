package dev.towline.localdax;

import dev.towline.localdax.TableKey.KeyAttribute;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Primary keys as bytes. A hash attribute alone is raw, or a number of CBOR. Before a range attribute, which is raw or a
 * {@linkplain LexicalDecimal number that sorts}, it is an item of CBOR. The key of an index is a map. Encoders differ about trailing
 * zeros, so two keys with different bytes may be equal. Thread-safe.
 */
final class Keys {

    private final Cbor cbor;

    Keys(Cbor cbor) {
        this.cbor = cbor;
    }

    /** @throws MalformedRequest if these bytes are no key of such a table */
    Map<String, AttributeValue> read(TableKey key, @Nullable Object item) {
        byte[] bytes = Arguments.bytes(item);
        KeyAttribute range = key.range();
        if (range == null) {
            boolean isNumber = key.hash().type() == ScalarAttributeType.N;
            return Map.of(
                    key.hash().name(),
                    isNumber ? typed(key.hash(), cbor.input(bytes).next()) : raw(key.hash(), bytes));
        }
        CborInput input = cbor.input(bytes);
        AttributeValue hash = typed(key.hash(), input.next());
        return Map.of(
                key.hash().name(),
                hash,
                range.name(),
                raw(range, Arrays.copyOfRange(bytes, input.position(), bytes.length)));
    }

    /** The bytes of the key of an item. */
    static byte[] bytes(TableKey key, Map<String, AttributeValue> item) {
        AttributeValue hash = Objects.requireNonNull(item.get(key.hash().name()));
        KeyAttribute range = key.range();
        if (range == null) {
            return key.hash().type() == ScalarAttributeType.N ? cborBytes(hash) : raw(hash);
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(cborBytes(hash));
        bytes.writeBytes(raw(Objects.requireNonNull(item.get(range.name()))));
        return bytes.toByteArray();
    }

    /** Where a page on an index starts. */
    Map<String, AttributeValue> readCompound(@Nullable Object item) {
        CborInput input = cbor.input(Arguments.bytes(item));
        Map<String, AttributeValue> key = new LinkedHashMap<>();
        Arguments.map(input.next()).forEach((name, value) -> key.put(name, AttributeValues.read(value)));
        return key;
    }

    static byte[] compoundBytes(Map<String, AttributeValue> key) {
        CborOutput out = Cbor.output().stream();
        key.forEach((name, value) -> AttributeValues.write(out.key(name), value));
        return out.endMap().bytes();
    }

    private static AttributeValue typed(KeyAttribute attribute, @Nullable Object item) {
        AttributeValue value = AttributeValues.read(item);
        if (!value.type().name().equals(attribute.type().toString())) {
            throw new MalformedRequest("a key of type %s, not %s".formatted(attribute.type(), value.type()));
        }
        return value;
    }

    private static AttributeValue raw(KeyAttribute attribute, byte[] bytes) {
        return switch (attribute.type()) {
            case S -> AttributeValue.fromS(utf8(bytes));
            case B -> AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
            case N -> AttributeValue.fromN(LexicalDecimal.decode(bytes).toString());
            default -> throw new IllegalArgumentException("Unknown type of key: " + attribute);
        };
    }

    private static byte[] raw(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s().getBytes(StandardCharsets.UTF_8);
            case B -> value.b().asByteArray();
            case N -> LexicalDecimal.encode(new BigDecimal(value.n()));
            default -> throw new IllegalArgumentException("No key: " + value.type());
        };
    }

    private static byte[] cborBytes(AttributeValue value) {
        CborOutput out = Cbor.output();
        AttributeValues.write(out, value);
        return out.bytes();
    }

    /** Strict: with replacements two keys would become one. */
    private static String utf8(byte[] bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new MalformedRequest("a key that is no UTF-8");
        }
    }
}
