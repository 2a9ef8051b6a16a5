package dev.towline.dynamo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables are missing or have the wrong keys. It stops the start of the service. */
final class TablesNotReady extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * Makes a message from the parts.
     *
     * @param place the location of DynamoDB
     * @param problems all problems
     * @param remedy what the operator can do
     */
    TablesNotReady(String place, List<String> problems, String remedy, @Nullable Throwable cause) {
        super("DynamoDB (" + place + ") is not ready: " + String.join("; ", problems) + ". " + remedy, cause);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
