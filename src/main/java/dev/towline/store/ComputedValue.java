package dev.towline.store;

import dev.towline.geo.Area;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A value that was made from entities: what changes them, or brings another one where it has looked, makes it old. */
public interface ComputedValue {

    /** The entities in it. */
    Set<EntityRef> madeFrom();

    /** Where it has looked for entities; null if a position does not matter. */
    @Nullable
    Area lookedIn();

    /** Whether what it was made from was surely up to date; if not, it may be shown but not remembered. */
    boolean isUpToDate();
}
