package dev.towline.live;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** A subscriber whose demand the test controls. It records messages and violations of the Reactive Streams rules. */
final class Probe implements Subscriber<Note> {

    final List<Note> heard = new CopyOnWriteArrayList<>();
    volatile boolean completed;
    volatile @Nullable Throwable error;
    /** Whether a signal came after the end, or two signals came concurrently. */
    volatile boolean disturbed;

    private final long asksAtFirst;
    private final Consumer<Probe> onNext;
    private volatile @Nullable Subscription subscription;
    private volatile boolean busy;

    private Probe(long asksAtFirst, Consumer<Probe> onNext) {
        this.asksAtFirst = asksAtFirst;
        this.onNext = onNext;
    }

    static Probe thatTakesAll() {
        return asking(Long.MAX_VALUE);
    }

    static Probe asking(long atFirst) {
        return new Probe(atFirst, _ -> {});
    }

    /** A subscriber that takes all, and does this with it. */
    static Probe doing(Consumer<Note> onNext) {
        return new Probe(Long.MAX_VALUE, probe -> onNext.accept(probe.heard.getLast()));
    }

    /** A subscriber that takes all and leaves with the message number {@code count}. */
    static Probe leavingAt(int count) {
        return new Probe(Long.MAX_VALUE, probe -> {
            if (probe.heard.size() == count) {
                probe.cancel();
            }
        });
    }

    void request(long count) {
        open().request(count);
    }

    void cancel() {
        open().cancel();
    }

    List<Integer> sequences() {
        return heard.stream().map(Note::sequence).toList();
    }

    boolean ended() {
        return completed || error != null;
    }

    @Override
    public void onSubscribe(Subscription opened) {
        subscription = opened;
        if (asksAtFirst > 0) {
            opened.request(asksAtFirst);
        }
    }

    @Override
    public void onNext(Note note) {
        disturbed |= busy || ended();
        busy = true;
        heard.add(note);
        onNext.accept(this);
        busy = false;
    }

    @Override
    public void onError(Throwable failure) {
        disturbed |= busy || ended();
        error = failure;
    }

    @Override
    public void onComplete() {
        disturbed |= busy || ended();
        completed = true;
    }

    private Subscription open() {
        Subscription present = subscription;
        if (present == null) {
            throw new IllegalStateException("not subscribed");
        }
        return present;
    }
}
