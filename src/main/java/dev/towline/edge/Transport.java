package dev.towline.edge;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A transport whose connections stay open for long. */
public interface Transport {

    /** How long a client may take to read the last bytes that are meant for it. One that does not read at all must not delay the shutdown. */
    Duration LAST_READ = Duration.ofSeconds(1);

    /**
     * Ends all open connections, and from now on each new one: operations in flight end, and each client learns when to come back. Does not
     * block.
     *
     * @return completes when all operations have ended and each client was told, or does not read
     */
    CompletableFuture<Void> drain();
}
