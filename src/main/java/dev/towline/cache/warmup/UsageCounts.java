package dev.towline.cache.warmup;

import dev.towline.cache.UsageListener;
import dev.towline.store.EntityKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts how often each entity of one kind was used in an answer. Thread-safe, does not block. */
final class UsageCounts implements UsageListener {

    /** The maximum number of counted entities, of about 200 bytes each. The most used entities are among the first that occur. */
    static final int MOST = 10_000;

    private final @Nullable String kind;
    private final AtomicReference<ConcurrentMap<EntityKey, LongAdder>> counts =
            new AtomicReference<>(new ConcurrentHashMap<>());

    /** @param kind the kind of entities to count; null to count nothing */
    UsageCounts(@Nullable String kind) {
        this.kind = kind;
    }

    @Override
    public void used(EntityKey key) {
        if (!key.entity().equals(kind)) {
            return;
        }
        ConcurrentMap<EntityKey, LongAdder> current = counts.get();
        LongAdder count = current.get(key);
        if (count == null && current.size() < MOST) {
            count = current.computeIfAbsent(key, _ -> new LongAdder());
        }
        if (count != null) {
            count.increment();
        }
    }

    /**
     * Returns the counts since the last call, the highest first, and resets them. A concurrent count may be lost.
     *
     * @param most the maximum number of entities
     */
    Map<EntityKey, Long> take(int most) {
        Map<EntityKey, Long> taken = new LinkedHashMap<>();
        counts.getAndSet(new ConcurrentHashMap<>()).entrySet().stream()
                .map(each -> Map.entry(each.getKey(), each.getValue().sum()))
                .sorted(Map.Entry.<EntityKey, Long>comparingByValue().reversed())
                .limit(most)
                .forEach(each -> taken.put(each.getKey(), each.getValue()));
        return taken;
    }
}
