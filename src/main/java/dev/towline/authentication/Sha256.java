package dev.towline.authentication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The hash of a secret. A secret is found by its hash, so that the time of a lookup says nothing about the secret, and memory does not keep
 * it.
 *
 * @param bytes 32 bytes, never changed
 */
record Sha256(ByteBuffer bytes) {

    static Sha256 of(String secret) {
        return new Sha256(ByteBuffer.wrap(digest().digest(secret.getBytes(StandardCharsets.UTF_8))));
    }

    /** @param digits 64 hexadecimal digits */
    static Sha256 ofHex(String digits) {
        return new Sha256(ByteBuffer.wrap(HexFormat.of().parseHex(digits)));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
