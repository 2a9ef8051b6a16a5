package dev.towline.cache;

import dev.towline.geo.Cell;
import dev.towline.geo.Located;
import dev.towline.store.Entity;
import dev.towline.store.Revision;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where something has happened.
 *
 * @param cells around where an entity is and where it was; none if it is nowhere
 * @param isAnywhere whether nobody knows where it was
 */
public record ChangedCells(Set<Cell> cells, boolean isAnywhere) {

    /**
     * The cells where an entity is, and where it was.
     *
     * @param before the state before, null if there was none or it is not known
     */
    public static ChangedCells of(Entity value, @Nullable Entity before) {
        Set<Cell> cells = new HashSet<>();
        if (!(value instanceof Located now)) {
            return new ChangedCells(cells, false);
        }
        cells.addAll(Cell.around(now.position()));
        if (before instanceof Located then) {
            cells.addAll(Cell.around(then.position()));
            return new ChangedCells(cells, false);
        }
        return new ChangedCells(cells, value.version() > Revision.first().version());
    }
}
