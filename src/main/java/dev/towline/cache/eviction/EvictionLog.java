package dev.towline.cache.eviction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who had what forgotten: one line each, for audits. */
public final class EvictionLog {

    private static final Logger AUDIT = LoggerFactory.getLogger("dev.towline.cache.audit");

    private static final int MOST_CHARACTERS = 300;

    private EvictionLog() {}

    /**
     * Writes one line for one eviction.
     *
     * @param role of the viewer, or the way that knows no viewers
     */
    public static void record(
            String tenant, String subject, String role, EvictCacheInput input, EvictCacheResult result) {
        AUDIT.info(
                "evicted {} of tenant {} by {} as {}: {} entries on {} instances",
                sane(input.summary()),
                sane(tenant),
                sane(subject),
                sane(role),
                result.evicted(),
                result.instances());
    }

    /** Without anything that could look like another line, or hide something. */
    private static String sane(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "…";
    }
}
