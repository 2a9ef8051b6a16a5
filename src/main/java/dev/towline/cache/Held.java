package dev.towline.cache;

/**
 * How much is remembered of something.
 *
 * @param entries how many
 * @param weightBytes how much memory they take, about
 */
record Held(long entries, long weightBytes) {

    static final Held NOTHING = new Held(0, 0);

    Held and(Held other) {
        return new Held(entries + other.entries, weightBytes + other.weightBytes);
    }
}
