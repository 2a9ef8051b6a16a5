package dev.towline.cache;

import java.util.Locale;

/** Where an answer came from. */
public enum Tier {
    /** What this request had asked for before. */
    REQUEST,
    /** The memory of this instance. */
    L1,
    /** What instances share in Redis. */
    L2,
    /** A load that somebody else had begun. */
    FLIGHT,
    /** DAX or DynamoDB. */
    STORE;

    /** As metrics and reports write it. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
