package dev.towline.edge.document;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * Settings of documents that clients send by an identifier.
 *
 * @param manifest a JSON file with an object of documents by their identifiers; absent: none
 * @param onlyManifest whether nothing else is executed
 * @param automatic whether a client may send a document once with its hash, and then the hash alone. Not with {@code onlyManifest}
 * @param maxCharacters the maximum length of all those documents together, in characters
 */
@ConfigurationProperties("towline.persisted")
record PersistedSettings(
        @Nullable Resource manifest,
        @DefaultValue("false") boolean onlyManifest,
        @DefaultValue("true") boolean automatic,
        @DefaultValue("1000000") int maxCharacters) {

    PersistedSettings {
        if (onlyManifest && manifest == null) {
            throw new IllegalArgumentException(
                    "towline.persisted.manifest must be set if towline.persisted.only-manifest is true");
        }
        if (maxCharacters < 0) {
            throw new IllegalArgumentException(
                    "towline.persisted.max-characters must not be negative, but is " + maxCharacters);
        }
    }

    boolean isAutomatic() {
        return automatic && !onlyManifest;
    }
}
