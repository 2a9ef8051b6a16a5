package dev.towline.edge.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The identifiers of documents.
 *
 * @see <a href="https://github.com/graphql/graphql-over-http/blob/main/spec/Appendix%20A%20--%20Persisted%20Documents.md">GraphQL over HTTP,
 *     Appendix A: Persisted Documents</a>
 */
final class DocumentId {

    /** The prefix of an identifier that is the SHA-256 of the text in UTF-8, in lower-case hexadecimal digits. */
    static final String SHA_256 = "sha256:";

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern ID =
            Pattern.compile(SHA_256 + HASH.pattern() + "|x-[A-Za-z0-9._~-]+:[A-Za-z0-9._~-]+|[A-Za-z0-9._~-]+");

    private DocumentId() {}

    /** Whether a text has the form of an identifier. */
    static boolean is(String text) {
        return ID.matcher(text).matches();
    }

    /** Whether a text has the form of a hash. */
    static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    /** The hash of a document, without a prefix. */
    static String hash(String document) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
