package dev.towline.edge.content;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the same content in different codings apart: a strong tag stands for bytes, so each coding puts its name into it, and whoever
 * compares tags behind the compression sees them without.
 */
final class EntityTags {

    private static final Pattern CODED = Pattern.compile("-(?:br|gzip)\"");

    private EntityTags() {}

    /** The tag of the content in that coding. A weak one stays: it stands for the meaning. */
    static String coded(String tag, ContentCoding coding) {
        return tag.startsWith("\"") && tag.endsWith("\"")
                ? tag.substring(0, tag.length() - 1) + "-" + coding.token() + "\""
                : tag;
    }

    /** What a caller has, as tags of the content without a coding. */
    static String plain(String ifNoneMatch) {
        return CODED.matcher(ifNoneMatch).replaceAll("\"");
    }

    /** Of the tags that a caller has, the one that a tag without a coding stands for; that tag itself if there is none. */
    static String known(String tag, @Nullable String ifNoneMatch) {
        return ifNoneMatch == null
                ? tag
                : Arrays.stream(ifNoneMatch.split(",", -1))
                        .map(String::strip)
                        .filter(theirs -> plain(theirs).equals(tag))
                        .findFirst()
                        .orElse(tag);
    }
}
