package dev.towline.cache.warmup;

import dev.towline.store.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the warm-up: a new instance loads the entities that all instances have used most.
 *
 * @param size the number of entities to load, 0 to 10,000; 0 for no warm-up
 * @param timeout the maximum delay of readiness, 100 ms to 5 min
 * @param noteEvery the interval at which each instance adds its usage counts to the ranking, 100 ms to 1 h
 * @param entity the kind of the entities
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
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "towline.cache.warm.size must be between 0 and %,d, not %d", MOST, size));
        }
        requireBetween("timeout", timeout, LONGEST_TIMEOUT);
        requireBetween("note-every", noteEvery, LONGEST_INTERVAL);
    }

    /** These settings without a warm-up. */
    WarmUpSettings off() {
        return new WarmUpSettings(0, timeout, noteEvery, entity);
    }

    /**
     * The table of the entities to load.
     *
     * @throws IllegalArgumentException if there is no such kind of entity
     */
    Table<?> table(List<Table<?>> tables) {
        List<Table<?>> byKey = tables.stream().filter(table -> !table.sorted()).toList();
        return byKey.stream()
                .filter(table -> table.entity().equals(entity))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("towline.cache.warm.entity must be one of %s, not %s"
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
                    "towline.cache.warm.%s must be between %s and %s, not %s".formatted(name, SHORTEST, most, value));
        }
    }
}
