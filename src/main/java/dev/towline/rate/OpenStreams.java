package dev.towline.rate;

import dev.towline.problem.Limit;
import dev.towline.problem.RateLimited;
import dev.towline.viewer.Viewer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the WebSockets and event streams that are open on this instance, by address and by viewer. It remembers only those who have some, so
 * the open connections bound its memory. Thread-safe, does not block.
 */
public final class OpenStreams {

    /** Nobody knows when one is closed. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final RateSettings settings;
    private final Consumer<LimitedBy> refused;
    private final ConcurrentMap<Object, Integer> open = new ConcurrentHashMap<>();

    /** @param refused learns of each refusal */
    OpenStreams(RateSettings settings, Consumer<LimitedBy> refused) {
        this.settings = settings;
        this.refused = refused;
    }

    /** A stream that counts until it is released. */
    public static final class Place {

        private final Runnable release;
        private final AtomicBoolean released = new AtomicBoolean();

        private Place(Runnable release) {
            this.release = release;
        }

        /** Ends it. The second call does nothing. */
        public void release() {
            if (released.compareAndSet(false, true)) {
                release.run();
            }
        }
    }

    /**
     * Opens a stream of an address.
     *
     * @throws RateLimited if too many are open
     */
    public Place ofAddress(@Nullable InetSocketAddress remote) {
        return open(AddressBlock.of(remote), LimitedBy.ADDRESS, settings.addressStreams());
    }

    /**
     * Opens a stream of a viewer.
     *
     * @throws RateLimited if too many are open
     */
    public Place ofViewer(Viewer viewer) {
        return open(viewer, LimitedBy.VIEWER, settings.viewerStreams());
    }

    /** How many subjects have open streams. */
    int subjects() {
        return open.size();
    }

    private Place open(Object subject, LimitedBy by, int most) {
        if (!settings.enabled()) {
            return new Place(() -> {});
        }
        AtomicBoolean isOpened = new AtomicBoolean();
        open.compute(subject, (_, count) -> {
            int before = count == null ? 0 : count;
            isOpened.set(before < most);
            return isOpened.get() ? Integer.valueOf(before + 1) : count;
        });
        if (isOpened.get()) {
            return new Place(() -> open.computeIfPresent(subject, (_, count) -> count == 1 ? null : count - 1));
        }
        refused.accept(by);
        throw RateLimited.tooMany(
                new Limit(by.label() + "Streams", most),
                "There are too many open streams of this %s: at most %d.".formatted(by.label(), most),
                RETRY_AFTER);
    }
}
