package dev.towline.histories;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** The entities that clients have been told of. The newest are used most, so that clients meet. Thread-safe. */
final class World {

    /** So many of a kind are in use at a time. */
    private static final int IN_USE = 6;

    private final Map<String, List<String>> idsByKind = new ConcurrentHashMap<>();

    void add(Observed entity) {
        String kind = entity.entity().substring(0, entity.entity().indexOf(':'));
        String id = entity.entity().substring(kind.length() + 1);
        List<String> ids = ids(kind);
        synchronized (ids) {
            if (!ids.contains(id)) {
                ids.add(id);
            }
        }
    }

    /** Every id of a kind, such as {@code vendor}, the oldest first. */
    List<String> all(String kind) {
        return List.copyOf(ids(kind));
    }

    /** The newest of a kind, which are in use. */
    List<String> inUse(String kind) {
        List<String> ids = all(kind);
        return ids.subList(Math.max(0, ids.size() - IN_USE), ids.size());
    }

    boolean has(String kind) {
        return !ids(kind).isEmpty();
    }

    /** One of the newest of a kind. */
    String any(String kind, RandomGenerator random) {
        List<String> ids = inUse(kind);
        return ids.get(random.nextInt(ids.size()));
    }

    private List<String> ids(String kind) {
        return idsByKind.computeIfAbsent(kind, _ -> new CopyOnWriteArrayList<>());
    }
}
