package dev.towline.scenarios;

import java.net.URI;
import tools.jackson.databind.JsonNode;

/**
 * A share link, as its creator received it.
 *
 * @param id its id
 * @param url the link
 */
public record SharedLink(String id, URI url) {

    /** Creates one that is valid for an hour. */
    public static SharedLink of(Caller creator, String sessionId) {
        JsonNode created = creator.mutate(
                "createShareLink(input: {sessionId: '%s', expiresInMinutes: 60}) { id url }".formatted(sessionId));
        return new SharedLink(
                created.path("id").asString(), URI.create(created.path("url").asString()));
    }

    /** What a client sends as {@code X-Towline-Share}. */
    public String text() {
        return url.getFragment();
    }

    /** The part that nobody can guess. */
    String secret() {
        return text().substring(text().lastIndexOf('.') + 1);
    }
}
