package dev.towline.dispatch;

import dev.towline.problem.BadInput;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a board has seen: for each publisher, every change before a place. Of a publisher that is not in the map it has seen nothing. This
 * is a vector clock, see Mattern, Virtual Time and Global States of Distributed Systems, 1989.
 */
record Position(Map<Long, Place> places) {

    /** The position of a board that has seen nothing. */
    static final Position NOTHING = new Position(Map.of());

    private static final byte LAYOUT = 1;
    private static final int PLACE_BYTES = Long.BYTES + Long.BYTES + Short.BYTES;

    /** A process is one publisher for each shard of the bus. */
    private static final int MAX_PUBLISHERS = 1_000;

    private static final int MAX_CHARACTERS = (MAX_PUBLISHERS * PLACE_BYTES + 1) * 4 / 3 + 4;

    Position {
        places = Map.copyOf(places);
    }

    /** Whether {@link #decode} accepts it: it does not have too many publishers. */
    boolean fits() {
        return places.size() <= MAX_PUBLISHERS;
    }

    /** The place before which every change of this publisher was seen. */
    Place of(long publisher) {
        return places.getOrDefault(publisher, Place.START);
    }

    /** Whether this position says something about the publisher. */
    boolean mentions(long publisher) {
        return places.containsKey(publisher);
    }

    /** Whether the change of this publisher at this place was seen. */
    boolean includes(long publisher, Place place) {
        return place.isBefore(of(publisher));
    }

    /** This position with another place for one publisher. */
    Position with(long publisher, Place place) {
        Map<Long, Place> changed = new TreeMap<>(places);
        changed.put(publisher, place);
        return new Position(changed);
    }

    /** What was seen by one or the other. */
    Position and(Position other) {
        Map<Long, Place> all = new TreeMap<>(places);
        other.places.forEach(
                (publisher, place) -> all.merge(publisher, place, (one, two) -> one.isBefore(two) ? two : one));
        return new Position(all);
    }

    /**
     * This position as an opaque text for clients: one byte for the layout; then for each publisher, in ascending order, its id and the
     * number of the place in 8 bytes each and the change of the place in 2 bytes, in Base64 for URLs.
     */
    String encode() {
        ByteBuffer out = ByteBuffer.allocate(1 + places.size() * PLACE_BYTES).put(LAYOUT);
        new TreeMap<>(places)
                .forEach((publisher, place) ->
                        out.putLong(publisher).putLong(place.number()).putShort((short) place.change()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
    }

    /**
     * Decodes a position.
     *
     * @throws BadInput for {@code after} if {@link #encode} cannot have produced the text
     */
    static Position decode(String after) {
        if (after.length() <= MAX_CHARACTERS) {
            try {
                Position position = read(ByteBuffer.wrap(Base64.getUrlDecoder().decode(after)));
                // Several Base64 texts decode to the same bytes; only the canonical one is valid.
                if (position.encode().equals(after)) {
                    return position;
                }
            } catch (IllegalArgumentException | BufferUnderflowException malformed) {
                // as if it were not canonical
            }
        }
        throw new BadInput("after", "must be the position of an item of this subscription.");
    }

    private static Position read(ByteBuffer in) {
        byte layout = in.get();
        Map<Long, Place> places = new TreeMap<>();
        while (in.hasRemaining()) {
            places.put(in.getLong(), new Place(in.getLong(), in.getShort()));
        }
        if (layout != LAYOUT || !places.values().stream().allMatch(Place::isValid)) {
            throw new IllegalArgumentException("not a position");
        }
        return new Position(places);
    }
}
