package dev.towline.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** Sort keys whose text order is the order in time. */
public final class SortKey {

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** The length for the years 0000 to 9999. Other years have a sign and would not sort correctly. */
    private static final int MOMENT_CHARACTERS = 24;

    private SortKey() {}

    /** The moment as text of fixed width, truncated to milliseconds. */
    public static String of(Instant moment) {
        return MILLISECONDS.format(moment);
    }

    /** Whether {@link #of(Instant)} can produce this text. */
    public static boolean isMoment(String sort) {
        try {
            return sort.length() == MOMENT_CHARACTERS
                    && of(Instant.from(MILLISECONDS.parse(sort))).equals(sort);
        } catch (DateTimeException other) {
            return false;
        }
    }

    /** Whether {@link #of(Instant, String)} can produce this text with a UUID as the id, as all callers pass. */
    public static boolean isMomentAndUuid(String sort) {
        int end = sort.indexOf('#');
        return end >= 0
                && isMoment(sort.substring(0, end))
                && UUID.matcher(sort.substring(end + 1)).matches();
    }

    /** The moment, followed by an id that makes the key unique. */
    public static String of(Instant moment, String id) {
        return of(moment) + '#' + id;
    }
}
