package dev.towline.edge.content;

import dev.towline.problem.Unavailable;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The memory for all request bodies and unfinished WebSocket messages together, an eighth of the heap. The limits of one body and of the
 * connections allow more than the heap, and anybody may send a body before its credentials are checked. Thread-safe, does not block.
 */
@Component
public final class BodyBudget {

    /** What each body may take without asking. Most have less, so a flood of long ones does not refuse them. */
    public static final int FREE_BYTES = 8192;

    private static final int PART_OF_HEAP = 8;

    private final Semaphore bytes;

    @Autowired
    BodyBudget() {
        this(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** @param bytes the bytes of all bodies together, beyond the first {@link #FREE_BYTES} of each */
    public BodyBudget(long bytes) {
        this.bytes = new Semaphore(Math.clamp(bytes, 0, Integer.MAX_VALUE));
    }

    /** A share for one body, or for the messages of one connection, one after another. */
    public Share share() {
        return new Share();
    }

    /** The bytes that are left. */
    public int left() {
        return bytes.availablePermits();
    }

    /** What one body takes. Thread-safe, because a connection may be closed while a message arrives. */
    public final class Share implements AutoCloseable {

        private int held;
        private long counted;
        private boolean closed;

        private Share() {}

        /**
         * Counts more bytes of the body.
         *
         * @throws Unavailable if all bodies together would have too many
         */
        public synchronized void add(int more) {
            counted += more;
            int needed = closed ? 0 : Math.toIntExact(Math.max(0, counted - FREE_BYTES - held));
            if (!bytes.tryAcquire(needed)) {
                throw new Unavailable("The service is reading too many long requests. Try again.", null);
            }
            held += needed;
        }

        /** Gives back everything. The share can be used for the next message. */
        public synchronized void reset() {
            bytes.release(held);
            held = 0;
            counted = 0;
        }

        /** Gives back everything, and counts nothing from now on. */
        @Override
        public synchronized void close() {
            closed = true;
            reset();
        }
    }
}
