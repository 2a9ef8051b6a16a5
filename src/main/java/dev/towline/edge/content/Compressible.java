package dev.towline.edge.content;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which content gets smaller: text of any kind. A stream of events does not count: each has to leave at once. */
final class Compressible {

    private static final Set<String> TYPES = Set.of(
            "application/json",
            "application/javascript",
            "application/wasm",
            "application/xml",
            "application/manifest+json",
            "image/svg+xml",
            "font/ttf",
            "font/otf");

    private Compressible() {}

    static boolean is(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return TYPES.contains(type)
                || type.endsWith("+json")
                || (type.startsWith("text/") && !type.equals("text/event-stream"));
    }
}
