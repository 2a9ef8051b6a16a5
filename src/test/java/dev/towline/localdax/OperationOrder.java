package dev.towline.localdax;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers the moments at which operations of a cluster begin and end, so that a cache can tell which of two values is older. One that began
 * after another had ended saw what it left; of two that overlap nobody but DynamoDB knows the order. Thread-safe.
 */
final class OperationOrder {

    private final AtomicLong ended = new AtomicLong();

    /** The moment now, for an operation that begins. */
    long begin() {
        return ended.get();
    }

    /** A moment later than all before, for an operation that ends. */
    long end() {
        return ended.incrementAndGet();
    }
}
