package dev.towline.dynamo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fact: the tables that the service needs are not there, or not as it needs them. It stops start-up. */
final class TablesNotReady extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param place where DynamoDB is
     * @param problems everything that is wrong
     * @param remedy what to do about it
     */
    TablesNotReady(String place, List<String> problems, String remedy, @Nullable Throwable cause) {
        super("DynamoDB (" + place + ") is not ready: " + String.join("; ", problems) + ". " + remedy, cause);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
