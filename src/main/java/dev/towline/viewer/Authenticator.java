package dev.towline.viewer;

import dev.towline.problem.BadInput;
import dev.towline.problem.Unauthenticated;
import java.util.List;
import java.util.Objects;

/** Authenticates requests and WebSocket connections by the first {@link ViewerSource} that knows their credentials. Thread-safe. */
public final class Authenticator {

    private final List<ViewerSource> sources;
    private final List<String> names;

    /** @param sources in the order in which they are asked */
    public Authenticator(List<ViewerSource> sources) {
        this.sources = List.copyOf(sources);
        this.names = sources.stream()
                .map(ViewerSource::credential)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Identifies the viewer. May block a virtual thread.
     *
     * @throws Unauthenticated if there are no valid credentials
     * @throws BadInput for a malformed credential, or several of different kinds
     */
    public Authentication authenticate(Credentials credentials) {
        requireOneKind(credentials);
        for (ViewerSource source : sources) {
            Authentication authentication = source.authenticate(credentials);
            if (authentication != null) {
                return authentication;
            }
        }
        throw new Unauthenticated();
    }

    /** If one kind counted more, a client that forgot the other one would be somebody else than it believes. */
    private void requireOneKind(Credentials credentials) {
        String first = null;
        for (String name : names) {
            if (credentials.get(name) != null) {
                if (first != null) {
                    throw new BadInput(name, "must not be sent together with `" + first + "`.");
                }
                first = name;
            }
        }
    }
}
