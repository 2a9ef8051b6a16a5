package dev.towline.rate;

import java.util.Locale;

/** What a limit counts by. */
public enum LimitedBy {
    /** The address of the caller, before its credentials are checked. */
    ADDRESS("requests of this address"),
    /** The address of the caller: credentials that were refused. */
    CREDENTIALS("refused credentials of this address"),
    /** The viewer. */
    VIEWER("requests of this viewer"),
    /** The viewer and one tracking session: fixes. */
    FIXES("fixes of this session");

    private final String counted;

    LimitedBy(String counted) {
        this.counted = counted;
    }

    /** The name in settings, headers, metrics and the keys of Redis. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many blocks may be spent before the first lease. Fixes come in batches of a whole block. */
    int blocksOnCredit() {
        return this == FIXES ? 2 : 1;
    }

    /** What is counted, for messages. */
    public String counted() {
        return counted;
    }
}
