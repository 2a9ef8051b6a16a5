package dev.towline.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Sort keys whose order as text is the order in time. */
public final class SortKey {

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private SortKey() {}

    /** The moment in a fixed width, cut off at milliseconds. */
    public static String of(Instant moment) {
        return MILLISECONDS.format(moment);
    }

    /** The moment, and an id that tells apart what happened at once. */
    public static String of(Instant moment, String id) {
        return of(moment) + '#' + id;
    }
}
