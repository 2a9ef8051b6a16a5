package dev.towline.cache.shared;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the values that instances share in Redis.
 *
 * @param enabled whether instances share values
 * @param entities the kinds of shared entities, such as {@code vendor}. Choose those that are read much more often than they change
 * @param fields the fields with shared computed values. The return type of their resolver must have a {@link
 *     dev.towline.store.ComputedValueCodec}
 * @param retention the maximum lifetime of a value in Redis, 1 s to {@code towline.dynamo.floor-retention}
 */
@ConfigurationProperties("towline.cache.shared")
record SharedTierSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("vendor") Set<String> entities,
        @DefaultValue("Query.searchVendorsNearby") Set<String> fields,
        @DefaultValue("5m") Duration retention) {

    SharedTierSettings {
        if (retention.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("towline.cache.shared.retention must be at least 1s, not " + retention);
        }
        entities = Set.copyOf(entities);
        fields = Set.copyOf(fields);
    }

    /** Whether entities of this kind are shared. */
    boolean shares(String entity) {
        return enabled && entities.contains(entity);
    }

    /**
     * Checks the settings.
     *
     * @param known all kinds of entities
     * @param shareable the fields whose values can be shared, with the kind of the entities in the values. This kind must be shared, too
     * @param floorRetention the lifetime of a version floor: shared values must not live longer
     * @throws IllegalArgumentException if a setting is wrong; the message names the setting
     */
    void check(Set<String> known, Map<String, String> shareable, Duration floorRetention) {
        checkAll("entities", entities, known);
        checkAll("fields", fields, shareable.keySet());
        for (String field : fields) {
            if (!entities.contains(shareable.get(field))) {
                throw new IllegalArgumentException("towline.cache.shared.fields has " + field + ", which requires "
                        + shareable.get(field) + " in towline.cache.shared.entities");
            }
        }
        if (retention.compareTo(floorRetention) > 0) {
            throw new IllegalArgumentException(
                    "towline.cache.shared.retention must be at most towline.dynamo.floor-retention, " + floorRetention
                            + ", not " + retention);
        }
    }

    private static void checkAll(String setting, Set<String> given, Set<String> known) {
        for (String each : given) {
            if (!known.contains(each)) {
                throw new IllegalArgumentException("towline.cache.shared." + setting + " must only have "
                        + known.stream().sorted().toList() + ", not " + each);
            }
        }
    }
}
