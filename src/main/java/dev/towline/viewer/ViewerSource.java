package dev.towline.viewer;

import dev.towline.problem.BadInput;
import dev.towline.problem.Unauthenticated;

/** Authenticates requests and WebSocket connections. Thread-safe; does not block. */
@FunctionalInterface
public interface ViewerSource {

    /**
     * Identifies the viewer.
     *
     * @param credentials the credentials of the request
     * @throws Unauthenticated if there are no valid credentials
     * @throws BadInput for a malformed credential
     */
    Viewer viewerOf(Credentials credentials);
}
