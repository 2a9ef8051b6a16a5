package dev.towline.localdax;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionMetrics;

/**
 * The map with which most operations answer, or null where there is nothing to tell. Clients take one with a length for an empty one. Not
 * thread-safe.
 */
final class Answer {

    static final int ITEM = 0;
    static final int CAPACITY = 1;
    static final int ATTRIBUTES = 2;
    static final int METRICS = 3;
    static final int ITEMS = 7;
    static final int COUNT = 8;
    static final int LAST_KEY = 9;
    static final int SCANNED_COUNT = 10;

    private final CborOutput out;
    private boolean isOpen;

    Answer(CborOutput out) {
        this.out = out;
    }

    /** Adds an entry, if the condition holds. */
    Answer put(boolean isThere, int key, Consumer<CborOutput> writer) {
        if (isThere) {
            if (!isOpen) {
                out.stream();
                isOpen = true;
            }
            writer.accept(out.key(key));
        }
        return this;
    }

    /** Adds what an operation cost, as far as it was asked for. */
    Answer consumption(@Nullable ConsumedCapacity consumed, @Nullable ItemCollectionMetrics metrics) {
        if (consumed != null) {
            put(true, CAPACITY, each -> Consumption.write(each, consumed));
        }
        if (metrics != null) {
            put(true, METRICS, each -> Consumption.write(each, metrics));
        }
        return this;
    }

    void end() {
        if (isOpen) {
            out.endMap();
        } else {
            out.nothing();
        }
    }
}
