package dev.towline.share;

import dev.towline.viewer.Tenant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the holder of a link presents, and what the fragment of its URL has: {@code <tenant>.<id>.<secret>}.
 *
 * @param key the key of the link
 * @param secret its secret
 */
record ShareText(ShareLinkKey key, Secret secret) {

    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9_-]{1,64})\\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.([A-Za-z0-9_-]{43})");

    /** Parses a text; null if no link has it. */
    static @Nullable ShareText parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? new ShareText(
                        new ShareLinkKey(new Tenant(matcher.group(1)), matcher.group(2)), new Secret(matcher.group(3)))
                : null;
    }

    /** The text with the secret, which must not be stored or logged. */
    String reveal() {
        return key.tenant().name() + '.' + key.id() + '.' + secret.text();
    }
}
