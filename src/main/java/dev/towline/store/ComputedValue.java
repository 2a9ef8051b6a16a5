package dev.towline.store;

import dev.towline.geo.Area;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A value computed from entities. It becomes outdated when one of them changes or another entity enters the searched area. */
public interface ComputedValue {

    /** The entities in the value. */
    Set<EntityRef> madeFrom();

    /** The searched area; null if the value does not depend on positions. */
    @Nullable
    Area lookedIn();

    /** Whether its source was certainly up to date. If not, the value may be returned but not cached. */
    boolean isUpToDate();

    /**
     * For how long the value may lack changes, if it was made from the last known state because its source could not be reached; null
     * otherwise. Such a value is not up to date.
     */
    default @Nullable Duration lastKnownAge() {
        return null;
    }
}
