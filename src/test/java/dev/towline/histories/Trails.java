package dev.towline.histories;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The times of the fixes that the trails of sessions have at the end, as each instance shows them. */
final class Trails {

    private final Map<String, Map<String, Set<String>>> timesByInstance = new HashMap<>();

    private Trails() {}

    static Trails in(History history) {
        Trails trails = new Trails();
        history.operations(Operation::isFinal).forEach(read -> {
            String trail = read.values().get(NoWriteLost.TRAIL);
            if (trail != null && read.arguments().containsKey("id")) {
                trails.timesByInstance
                        .computeIfAbsent(read.arguments().getOrDefault("id", ""), _ -> new HashMap<>())
                        .computeIfAbsent(read.instance(), _ -> new HashSet<>())
                        .addAll(List.of(trail.split(" ")));
            }
        });
        return trails;
    }

    /** Whether every instance shows the fix. False where no instance shows the trail. */
    boolean have(FixResult fix) {
        Map<String, Set<String>> read = timesByInstance.getOrDefault(fix.session(), Map.of());
        return !read.isEmpty() && read.values().stream().allMatch(times -> times.contains(fix.recordedAt()));
    }
}
