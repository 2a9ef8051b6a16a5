package dev.towline.viewer;

import dev.towline.problem.BadInput;
import dev.towline.problem.Unauthenticated;
import java.util.List;

/** Authenticates requests and WebSocket connections by the first {@link ViewerSource} that knows their credentials. Thread-safe. */
public final class Authenticator {

    private final List<ViewerSource> sources;

    /** @param sources in the order in which they are asked */
    public Authenticator(List<ViewerSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /**
     * Identifies the viewer. May block a virtual thread.
     *
     * @throws Unauthenticated if there are no valid credentials
     * @throws BadInput for a malformed credential
     */
    public Authentication authenticate(Credentials credentials) {
        for (ViewerSource source : sources) {
            Authentication authentication = source.authenticate(credentials);
            if (authentication != null) {
                return authentication;
            }
        }
        throw new Unauthenticated();
    }
}
