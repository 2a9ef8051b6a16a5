package dev.towline.cache;

import dev.towline.geo.Area;
import dev.towline.geo.Cell;
import dev.towline.geo.GeoPoint;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * An index of areas by the {@link Cell}s that they cover. It finds the areas that contain a position. Thread-safe.
 *
 * @param <K> the key of an area
 */
final class AreaIndex<K> {

    private final ConcurrentMap<Cell, Set<Placed<K>>> cells = new ConcurrentHashMap<>();

    private record Placed<K>(K key, Area area) {}

    void add(K key, Area area) {
        Placed<K> placed = new Placed<>(key, area);
        for (Cell cell : Cell.cover(area)) {
            cells.compute(cell, (_, present) -> {
                Set<Placed<K>> all = present == null ? ConcurrentHashMap.newKeySet() : present;
                all.add(placed);
                return all;
            });
        }
    }

    void remove(K key, Area area) {
        Placed<K> placed = new Placed<>(key, area);
        for (Cell cell : Cell.cover(area)) {
            cells.computeIfPresent(cell, (_, all) -> {
                all.remove(placed);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** Calls the action with the key of each area that contains the position. */
    void forEachAround(GeoPoint position, Consumer<K> action) {
        for (Cell cell : Cell.containing(position)) {
            for (Placed<K> placed : cells.getOrDefault(cell, Set.of())) {
                if (placed.area.contains(position)) {
                    action.accept(placed.key);
                }
            }
        }
    }

    boolean isEmpty() {
        return cells.isEmpty();
    }
}
