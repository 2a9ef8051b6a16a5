package dev.towline.edge.content;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Computes weak entity tags. A weak tag identifies content in all its codings, and {@code If-None-Match} uses weak comparison.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2">RFC 9110, 13.1.2: If-None-Match</a>
 */
public final class EntityTag {

    private EntityTag() {}

    /** The weak tag for the concatenation of these parts, as a value of the header {@code ETag}. */
    public static String of(byte[]... parts) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        for (byte[] part : parts) {
            digest.update(part);
        }
        return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()) + '"';
    }
}
