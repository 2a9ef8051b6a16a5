package dev.towline.edge;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the cache of parsed documents.
 *
 * @param maxCharacters the maximum length of all cached documents together, in characters. A longer document is not stored
 */
@ConfigurationProperties("towline.documents")
record DocumentSettings(@DefaultValue("1000000") int maxCharacters) {

    DocumentSettings {
        if (maxCharacters < 0) {
            throw new IllegalArgumentException(
                    "towline.documents.max-characters must not be negative, but is " + maxCharacters);
        }
    }
}
