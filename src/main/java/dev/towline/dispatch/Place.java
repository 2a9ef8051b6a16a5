package dev.towline.dispatch;

import java.util.Comparator;

/**
 * The place of a change among those of its publisher.
 *
 * @param number the number of the message, from 1
 * @param change the index of the change in the message, from 0
 */
record Place(long number, int change) implements Comparable<Place> {

    /** The place of the first change of a publisher. */
    static final Place START = new Place(1, 0);

    private static final Comparator<Place> ORDER =
            Comparator.comparingLong(Place::number).thenComparingInt(Place::change);

    /** The place of the first change after this message. */
    static Place after(long number) {
        return new Place(number + 1, 0);
    }

    /** The lowest place after this one. */
    Place next() {
        return new Place(number, change + 1);
    }

    /** Whether a change can have this place. */
    boolean isValid() {
        return number >= 1 && change >= 0;
    }

    boolean isBefore(Place other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
