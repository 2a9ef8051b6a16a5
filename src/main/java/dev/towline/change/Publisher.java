package dev.towline.change;

/** What is known of another instance; before it is first heard, that it has published nothing. Not thread-safe. */
final class Publisher {

    private long sequence;
    private long heardNanos;
    private boolean lost;

    /** Something of it came. */
    void lives(long nowNanos) {
        heardNanos = nowNanos;
        lost = false;
    }

    /** Notes that it has published messages up to this one. Whether that is news. */
    boolean advanceTo(long published) {
        boolean news = published > sequence;
        sequence = Math.max(sequence, published);
        return news;
    }

    /** When something of it last came. */
    long heardNanos() {
        return heardNanos;
    }

    /** Notes that it is lost, until something of it comes. Whether that is news. */
    boolean lose() {
        boolean news = !lost;
        lost = true;
        return news;
    }
}
