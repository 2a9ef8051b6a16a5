package dev.towline.viewer;

import dev.towline.problem.BadInput;
import dev.towline.problem.Unauthenticated;

/** Tells who is behind a request or a WebSocket connection. Thread-safe; does not block. */
@FunctionalInterface
public interface ViewerSource {

    /**
     * Identifies the viewer.
     *
     * @param credentials what came with the request
     * @throws Unauthenticated if nobody can be recognised
     * @throws BadInput if a credential is malformed; it names the one at fault
     */
    Viewer viewerOf(Credentials credentials);
}
