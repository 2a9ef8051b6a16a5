package dev.towline.edge.content;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the same content in different codings apart: a strong tag stands for bytes, so each coding puts its name into it, and whoever
 * compares tags behind the compression sees them without. That holds as long as a coding makes the same bytes of the same content, as
 * both do in one version of the service.
 */
public final class EntityTags {

    private EntityTags() {}

    /** The strong tag of the content that these parts make, without a coding. */
    public static String strong(byte[]... parts) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        for (byte[] part : parts) {
            digest.update(part);
        }
        return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()) + '"';
    }

    /** The tag of the content in that coding. A weak one stays: it stands for the meaning. */
    static String coded(String tag, ContentCoding coding) {
        return tag.startsWith("\"") && tag.endsWith("\"") ? tag.substring(0, tag.length() - 1) + end(coding) : tag;
    }

    /**
     * What a caller has, as tags of the content without a coding.
     *
     * @param coding what the caller understands besides, null if nothing; what it has in another coding stays unknown, since it may be
     *     about to ask on behalf of somebody who cannot read that
     */
    static String plain(String ifNoneMatch, @Nullable ContentCoding coding) {
        return coding == null ? ifNoneMatch : ifNoneMatch.replace(end(coding), "\"");
    }

    /** Of the tags that a caller has, the first that stands for the content of that tag without a coding. */
    static Optional<String> known(String tag, String ifNoneMatch, @Nullable ContentCoding coding) {
        return Arrays.stream(ifNoneMatch.split(",", -1))
                .map(String::strip)
                // a cache between may have made it weak; what the caller is to find again is ours
                .map(theirs -> theirs.startsWith("W/") ? theirs.substring(2) : theirs)
                .filter(theirs -> plain(theirs, coding).equals(tag))
                .findFirst();
    }

    private static String end(ContentCoding coding) {
        return "-" + coding.token() + "\"";
    }
}
