package dev.towline.localdax;

import java.nio.file.Path;

/**
 * The lists of attribute names that clients have registered: items travel as the id of such a list and values. Ids depend on the names
 * only, so that a client that outlives the endpoint goes on with them. Thread-safe.
 */
final class AttributeLists {

    private AttributeLists() {}

    /** Those of this JVM: an endpoint that is started anew knows what an earlier one was told. */
    static AttributeLists ofThisJvm() {
        return new AttributeLists();
    }

    /** Those in a file, which is made if it is not there: also an endpoint in another JVM goes on with them. */
    static AttributeLists in(Path file) {
        throw new UnsupportedOperationException("Not there yet");
    }
}
