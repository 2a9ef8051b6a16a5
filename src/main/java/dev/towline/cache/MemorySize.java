package dev.towline.cache;

/**
 * How much is remembered of something.
 *
 * @param entries how many
 * @param weightBytes how much memory they take, about
 */
public record MemorySize(long entries, long weightBytes) {

    public static final MemorySize NOTHING = new MemorySize(0, 0);

    public MemorySize and(MemorySize other) {
        return new MemorySize(entries + other.entries, weightBytes + other.weightBytes);
    }
}
