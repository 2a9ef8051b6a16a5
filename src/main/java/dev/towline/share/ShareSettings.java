package dev.towline.share;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where share links lead.
 *
 * @param baseUrl the address of the tracking screen's site, such as {@code https://track.example}; if absent, the origin to which the request
 *     for the link was sent
 */
@ConfigurationProperties("towline.share")
record ShareSettings(@Nullable URI baseUrl) {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** @throws IllegalArgumentException if it is not an absolute HTTP URL without query and fragment */
    ShareSettings {
        if (baseUrl != null
                && (!SCHEMES.contains(String.valueOf(baseUrl.getScheme()))
                        || baseUrl.getHost() == null
                        || baseUrl.getRawQuery() != null
                        || baseUrl.getRawFragment() != null
                        || baseUrl.getRawUserInfo() != null)) {
            throw new IllegalArgumentException(
                    "towline.share.base-url: must be an http or https URL without user, query and fragment");
        }
    }

    /**
     * The URL of a link.
     *
     * @param origin the origin to which the request was sent, null if unknown
     */
    String url(ShareText text, @Nullable String origin) {
        String base = baseUrl != null ? baseUrl.toString() : origin == null ? "" : origin;
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/track#" + text.reveal();
    }
}
