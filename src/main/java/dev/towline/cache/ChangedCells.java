package dev.towline.cache;

import dev.towline.geo.Cell;
import dev.towline.geo.Located;
import dev.towline.store.Entity;
import dev.towline.store.Revision;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cells that a change affects.
 *
 * @param cells the cells that contain the new position, and those of the old position if it is known; empty if the entity has no position
 * @param mayAffectAnyCell whether the old position is unknown, so that any cell may be affected
 */
public record ChangedCells(Set<Cell> cells, boolean mayAffectAnyCell) {

    /**
     * The cells that a change of an entity affects.
     *
     * @param before the state before the change, null if there was none or it is unknown
     */
    public static ChangedCells of(Entity value, @Nullable Entity before) {
        Set<Cell> cells = new HashSet<>();
        if (!(value instanceof Located now)) {
            return new ChangedCells(cells, false);
        }
        cells.addAll(Cell.containing(now.position()));
        if (before instanceof Located then) {
            cells.addAll(Cell.containing(then.position()));
            return new ChangedCells(cells, false);
        }
        return new ChangedCells(cells, value.version() > Revision.first().version());
    }
}
