package dev.towline.cache;

import java.util.Locale;

/** Where a value was found. */
public enum Tier {
    /** A whole answer of this instance, which was made from this value. */
    ANSWER,
    /** An earlier lookup of the same request. */
    REQUEST,
    /** The memory of this instance. */
    L1,
    /** The values that instances share in Redis. */
    L2,
    /** An in-flight load that another caller had started. */
    FLIGHT,
    /** DAX or DynamoDB. */
    STORE;

    /** The name in metrics and reports. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
