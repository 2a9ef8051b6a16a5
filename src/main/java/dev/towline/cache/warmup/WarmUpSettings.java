package dev.towline.cache.warmup;

import dev.towline.store.Table;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an instance remembers before it is ready: what all instances have used most lately.
 *
 * @param size how many entities; 0: none, to 10,000
 * @param timeout how much later an instance may be ready for it, 100 ms to 5 min
 * @param noteEvery how often each instance writes down what it has used, 100 ms to 1 h
 * @param entity of which kind
 */
@ConfigurationProperties("towline.cache.warm")
record WarmUpSettings(
        @DefaultValue("200") int size,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("30s") Duration noteEvery,
        @DefaultValue("vendor") String entity) {

    private static final int MOST = 10_000;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

    WarmUpSettings {
        if (size < 0 || size > MOST) {
            throw new IllegalArgumentException("towline.cache.warm.size: 0 to %d, not %d".formatted(MOST, size));
        }
        requireBetween("timeout", timeout, LONGEST_TIMEOUT);
        requireBetween("note-every", noteEvery, LONGEST_INTERVAL);
    }

    /** The same, with nothing to be loaded. */
    WarmUpSettings off() {
        return new WarmUpSettings(0, timeout, noteEvery, entity);
    }

    /**
     * The table of these entities.
     *
     * @throws IllegalArgumentException if there is no such kind of entity
     */
    Table<?> table(List<Table<?>> tables) {
        List<Table<?>> byKey = tables.stream().filter(table -> !table.sorted()).toList();
        return byKey.stream()
                .filter(table -> table.entity().equals(entity))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("towline.cache.warm.entity: one of %s, not %s"
                        .formatted(
                                String.join(
                                        ", ",
                                        byKey.stream()
                                                .map(Table::entity)
                                                .sorted()
                                                .toList()),
                                entity)));
    }

    private static void requireBetween(String name, Duration value, Duration most) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "towline.cache.warm.%s: %s to %s, not %s".formatted(name, SHORTEST, most, value));
        }
    }
}
