package dev.towline.edge.document;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The extension {@code persistedQuery} of a request: {@code {"version": 1, "sha256Hash": "…"}}. */
final class PersistedQuery {

    private static final String NAME = "persistedQuery";

    private PersistedQuery() {}

    /** Whether a request has the extension, well-formed or not. */
    static boolean isIn(@Nullable Object extensions) {
        return extensions instanceof Map<?, ?> entries && entries.get(NAME) instanceof Map;
    }

    /** The extension for a hash. */
    static Map<String, Object> of(String hash) {
        return Map.of(NAME, Map.of("version", 1, "sha256Hash", hash));
    }

    /** The hash in a request, null if there is none, or not in a supported form. */
    static @Nullable String hash(@Nullable Object extensions) {
        return extensions instanceof Map<?, ?> entries
                        && entries.get(NAME) instanceof Map<?, ?> query
                        && query.get("version") instanceof Integer version
                        && version == 1
                        && query.get("sha256Hash") instanceof String hash
                        && DocumentId.isHash(hash)
                ? hash
                : null;
    }
}
