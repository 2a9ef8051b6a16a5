package dev.towline.share;

import dev.towline.viewer.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret of a share link: 256 random bits as 43 characters of Base64. A hash without salt is enough, because nobody can try so many.
 *
 * @param text the secret itself, which must not be stored or logged
 */
record Secret(String text) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /** A new secret. */
    static Secret random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The SHA-256 hash in Base64, which may be stored. */
    String hash() {
        return Sha256.of(text).base64Url();
    }

    /** Whether this is the secret with that hash. The time that it takes does not depend on the hash. */
    boolean hasHash(String other) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "Secret";
    }
}
