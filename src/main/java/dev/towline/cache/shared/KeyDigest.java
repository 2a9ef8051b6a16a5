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

/** Names keys of computed values alike on every instance, and never two of them the same. */
final class KeyDigest {

    private final StringBuilder text = new StringBuilder();
    private boolean isComplete = true;

    private KeyDigest() {}

    /** 64 hexadecimal digits, of everything but the tenant; null if an argument has a value that is not known to be the same everywhere. */
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

    /** With its length in front, so that nothing in it can be taken for the next one. */
    private void scalar(char kind, String value) {
        text.append(kind).append(value.length()).append(':').append(value);
    }

    private static String sha256(String text) {
        try {
            // Character by character: an encoding puts the same in place of all that is no proper text.
            ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * text.length());
            bytes.asCharBuffer().put(text);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
