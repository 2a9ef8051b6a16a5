package dev.towline.edge.browser;

import java.net.URI;
import java.util.regex.Pattern;

/** The form of an origin as browsers serialize it: lower case, without a path, and without the default port. */
final class Origin {

    private static final Pattern FORM = Pattern.compile(
            "(?!http://.*:80$|https://.*:443$)[a-z][a-z0-9+.-]*://([a-z0-9_.-]+|\\[[0-9a-f:]+])(:\\d{1,5})?");

    private static final Pattern WEB = Pattern.compile("https?:.*");

    private Origin() {}

    static boolean isOrigin(String text) {
        return FORM.matcher(text).matches();
    }

    /** Whether it is the origin of an http or https URL. */
    static boolean isWebOrigin(String text) {
        return isOrigin(text) && WEB.matcher(text).matches();
    }

    /** The origin of a URL with a host. It is one only if {@link #isOrigin} says so. */
    static String of(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
