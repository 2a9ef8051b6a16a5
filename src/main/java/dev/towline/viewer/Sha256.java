package dev.towline.viewer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The hash of a secret. A secret is found by its hash, so that the time of a lookup says nothing about the secret, and memory does not keep
 * it.
 *
 * @param bytes 32 bytes, never changed
 */
public record Sha256(ByteBuffer bytes) {

    /** The hash of a secret, which must be random, because there is no salt. */
    public static Sha256 of(String secret) {
        return new Sha256(ByteBuffer.wrap(digest().digest(secret.getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * A hash as text.
     *
     * @param digits 64 hexadecimal digits
     */
    public static Sha256 ofHex(String digits) {
        return new Sha256(ByteBuffer.wrap(HexFormat.of().parseHex(digits)));
    }

    /** The hash in Base64url. */
    public String base64Url() {
        ByteBuffer text = Base64.getUrlEncoder().withoutPadding().encode(bytes.duplicate());
        return StandardCharsets.US_ASCII.decode(text).toString();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
