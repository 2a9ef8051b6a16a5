package dev.towline.cache;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What instances share in Redis.
 *
 * @param enabled false: each instance keeps to itself
 * @param entities which kinds of entities, such as {@code vendor}: those that are read much more often than they change
 * @param retention how long a value is kept there at most, 1 s to {@code towline.dynamo.floor-retention}; how long it is good says each
 *     field
 */
@ConfigurationProperties("towline.cache.shared")
record SharedTierSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("vendor") Set<String> entities,
        @DefaultValue("5m") Duration retention) {

    SharedTierSettings {
        if (retention.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("towline.cache.shared.retention: at least 1s, not " + retention);
        }
        entities = Set.copyOf(entities);
    }

    /**
     * Holds the settings against what they are about.
     *
     * @param known all kinds of entities
     * @param floorRetention how long this instance knows what it wrote: what is shared must be gone by then
     * @throws IllegalArgumentException if they do not fit; its message names the setting
     */
    void check(Set<String> known, Duration floorRetention) {
        for (String entity : entities) {
            if (!known.contains(entity)) {
                throw new IllegalArgumentException("towline.cache.shared.entities: one of "
                        + known.stream().sorted().toList() + ", not " + entity);
            }
        }
        if (retention.compareTo(floorRetention) > 0) {
            throw new IllegalArgumentException(
                    "towline.cache.shared.retention: at most towline.dynamo.floor-retention, " + floorRetention
                            + ", not " + retention);
        }
    }
}
