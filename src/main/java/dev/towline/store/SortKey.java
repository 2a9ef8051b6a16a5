package dev.towline.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Sort keys whose order as text is the order in time. */
public final class SortKey {

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** In the years 0000 to 9999: others have a sign before them, and no place in the order. */
    private static final int MOMENT_CHARACTERS = 24;

    private SortKey() {}

    /** The moment in a fixed width, cut off at milliseconds. */
    public static String of(Instant moment) {
        return MILLISECONDS.format(moment);
    }

    /** Whether a text is what {@link #of(Instant)} makes of some moment. */
    public static boolean isMoment(String sort) {
        try {
            return sort.length() == MOMENT_CHARACTERS
                    && of(Instant.from(MILLISECONDS.parse(sort))).equals(sort);
        } catch (DateTimeException other) {
            return false;
        }
    }

    /** Whether a text is what {@link #of(Instant, String)} makes of some moment and a random UUID, which all ids in such keys are. */
    public static boolean isMomentAndUuid(String sort) {
        int end = sort.indexOf('#');
        return end >= 0
                && isMoment(sort.substring(0, end))
                && UUID.matcher(sort.substring(end + 1)).matches();
    }

    /** The moment, and an id that tells apart what happened at once. */
    public static String of(Instant moment, String id) {
        return of(moment) + '#' + id;
    }
}
