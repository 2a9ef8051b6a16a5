package dev.towline.edge;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many documents are kept parsed and validated.
 *
 * @param maxCharacters how long the texts of all of them are together at most, in characters; one that is longer by itself is not kept
 */
@ConfigurationProperties("towline.documents")
record DocumentSettings(@DefaultValue("1000000") int maxCharacters) {

    DocumentSettings {
        if (maxCharacters < 0) {
            throw new IllegalArgumentException("towline.documents.max-characters: not negative, not " + maxCharacters);
        }
    }
}
