package dev.towline.change;

/** The state of another instance as its frames show it. Not thread-safe. */
final class Publisher {

    private long sequence;
    private long lastFrameNanos;
    private boolean lost;

    /** Notes that a frame of it arrived. */
    void frameArrived(long nowNanos) {
        lastFrameNanos = nowNanos;
        lost = false;
    }

    /** Notes that it has published messages up to this number. Returns whether this number is higher than all before. */
    boolean advanceTo(long published) {
        boolean isHigher = published > sequence;
        sequence = Math.max(sequence, published);
        return isHigher;
    }

    /** When its last frame arrived. */
    long lastFrameNanos() {
        return lastFrameNanos;
    }

    /** Notes that it is lost until its next frame. Returns whether it was not lost before. */
    boolean lose() {
        boolean isNew = !lost;
        lost = true;
        return isNew;
    }
}
