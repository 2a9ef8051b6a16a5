package dev.towline.cache.shared;

import dev.towline.cache.ComputedKey;
import dev.towline.store.EntityRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The digest of the key of a computed value, without the tenant. It is equal on all instances, and different for different keys. */
final class KeyDigest {

    private final StringBuilder text = new StringBuilder();
    private boolean isComplete = true;

    private KeyDigest() {}

    /** The digest, 64 hexadecimal digits; null if an argument has a type without a canonical form. */
    static @Nullable String of(ComputedKey key) {
        KeyDigest digest = new KeyDigest();
        digest.scalar('f', key.field());
        EntityRef parent = key.parent();
        if (parent != null) {
            digest.scalar('k', parent.entity());
            digest.scalar('i', parent.id());
        }
        digest.value(key.arguments());
        return digest.isComplete ? sha256(digest.text.toString()) : null;
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                TreeMap<String, Object> sorted = new TreeMap<>();
                map.forEach((name, each) -> sorted.put(String.valueOf(name), each));
                scalar('M', Integer.toString(sorted.size()));
                sorted.forEach((name, each) -> {
                    scalar('n', name);
                    value(each);
                });
            }
            case List<?> list -> {
                scalar('L', Integer.toString(list.size()));
                list.forEach(this::value);
            }
            case String string -> scalar('s', string);
            case Enum<?> constant -> scalar('e', constant.name());
            case Boolean bool -> scalar('b', bool.toString());
            case Integer number -> scalar('z', number.toString());
            case Long number -> scalar('z', number.toString());
            case BigInteger number -> scalar('z', number.toString());
            case Double number -> scalar('d', number.toString());
            case BigDecimal number -> scalar('d', number.toString());
            case null, default -> isComplete = false;
        }
    }

    /** Writes the length first, so that values cannot run into each other. */
    private void scalar(char kind, String value) {
        text.append(kind).append(value.length()).append(':').append(value);
    }

    private static String sha256(String text) {
        try {
            // The raw characters, because an encoding would replace all lone surrogates by the same character.
            ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * text.length());
            bytes.asCharBuffer().put(text);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
