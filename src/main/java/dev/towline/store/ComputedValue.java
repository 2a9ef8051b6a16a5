package dev.towline.store;

import dev.towline.geo.Area;
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
}
