package dev.towline.viewer;

import dev.towline.problem.BadInput;
import dev.towline.problem.Unauthenticated;
import org.jspecify.annotations.Nullable;

/** Checks one kind of credential. Implementations are ordered beans. Thread-safe; may block a virtual thread. */
@FunctionalInterface
public interface ViewerSource {

    /**
     * Identifies the viewer.
     *
     * @param credentials the credentials of a request or of a WebSocket connection
     * @return null if there is no credential of this kind
     * @throws Unauthenticated if there is one that is not valid
     * @throws BadInput for a malformed credential
     */
    @Nullable
    Authentication authenticate(Credentials credentials);

    /**
     * The name of the credential that this source checks, such as {@code Authorization}. A request must not have credentials of several
     * sources.
     *
     * @return null if this source gives way to others
     */
    default @Nullable String credential() {
        return null;
    }
}
