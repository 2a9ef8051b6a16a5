package dev.towline.cache.shared;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What instances share in Redis.
 *
 * @param enabled false: each instance keeps to itself
 * @param entities which kinds of entities, such as {@code vendor}: those that are read much more often than they change
 * @param fields what is computed for which fields: those whose resolver returns what a {@link dev.towline.store.ComputedValueCodec} is for
 * @param retention how long a value is kept there at most, 1 s to {@code towline.dynamo.floor-retention}; how long it is good says each
 *     field
 */
@ConfigurationProperties("towline.cache.shared")
record SharedTierSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("vendor") Set<String> entities,
        @DefaultValue("Query.searchVendorsNearby") Set<String> fields,
        @DefaultValue("5m") Duration retention) {

    SharedTierSettings {
        if (retention.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("towline.cache.shared.retention: at least 1s, not " + retention);
        }
        entities = Set.copyOf(entities);
        fields = Set.copyOf(fields);
    }

    /** Whether entities of this kind are shared. */
    boolean shares(String entity) {
        return enabled && entities.contains(entity);
    }

    /**
     * Holds the settings against what they are about.
     *
     * @param known all kinds of entities
     * @param shareable all fields whose values can be shared, and the kind of entities in them, which has to be shared too
     * @param floorRetention how long this instance knows what it wrote: what is shared must be gone by then
     * @throws IllegalArgumentException if they do not fit; its message names the setting
     */
    void check(Set<String> known, Map<String, String> shareable, Duration floorRetention) {
        checkAll("entities", entities, known);
        checkAll("fields", fields, shareable.keySet());
        for (String field : fields) {
            if (!entities.contains(shareable.get(field))) {
                throw new IllegalArgumentException("towline.cache.shared.fields: " + field + " needs "
                        + shareable.get(field) + " in towline.cache.shared.entities");
            }
        }
        if (retention.compareTo(floorRetention) > 0) {
            throw new IllegalArgumentException(
                    "towline.cache.shared.retention: at most towline.dynamo.floor-retention, " + floorRetention
                            + ", not " + retention);
        }
    }

    private static void checkAll(String setting, Set<String> given, Set<String> known) {
        for (String each : given) {
            if (!known.contains(each)) {
                throw new IllegalArgumentException("towline.cache.shared." + setting + ": one of "
                        + known.stream().sorted().toList() + ", not " + each);
            }
        }
    }
}
