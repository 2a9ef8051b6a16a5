package dev.towline.cache.shared;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the values that instances share in Redis.
 *
 * @param enabled whether instances share values
 * @param entities the kinds of shared entities, such as {@code vendor}. Choose those that are read much more often than they change
 * @param retention the maximum lifetime of a value in Redis, 1 s to {@code towline.dynamo.floor-retention}
 */
@ConfigurationProperties("towline.cache.shared")
record SharedTierSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("vendor") Set<String> entities,
        @DefaultValue("5m") Duration retention) {

    SharedTierSettings {
        if (retention.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("towline.cache.shared.retention must be at least 1s, not " + retention);
        }
        entities = Set.copyOf(entities);
    }

    /** Whether entities of this kind are shared. */
    boolean shares(String entity) {
        return enabled && entities.contains(entity);
    }

    /**
     * Checks the settings.
     *
     * @param known all kinds of entities
     * @param floorRetention the lifetime of a version floor: shared values must not live longer
     * @throws IllegalArgumentException if a setting is wrong; the message names the setting
     */
    void check(Set<String> known, Duration floorRetention) {
        for (String each : entities) {
            if (!known.contains(each)) {
                throw new IllegalArgumentException("towline.cache.shared.entities must only have "
                        + known.stream().sorted().toList() + ", not " + each);
            }
        }
        if (retention.compareTo(floorRetention) > 0) {
            throw new IllegalArgumentException(
                    "towline.cache.shared.retention must be at most towline.dynamo.floor-retention, " + floorRetention
                            + ", not " + retention);
        }
    }
}
