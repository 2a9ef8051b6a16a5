package dev.towline.cache;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the cache. The schema has the cache policy of each field.
 *
 * @param enabled whether lookups use the cache
 * @param maxWeight the approximate maximum memory of the entities of this instance. The computed values may use the same amount in addition.
 *     With 0, this instance stores nothing in memory
 * @param fields overrides for single fields, by {@code Type.field}
 */
@ConfigurationProperties("towline.cache")
public record CacheSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("64MB") DataSize maxWeight,
        @DefaultValue Map<String, Field> fields) {

    private static final Duration LONGEST_TTL = Duration.ofHours(1);

    public CacheSettings {
        if (maxWeight.isNegative()) {
            throw new IllegalArgumentException("towline.cache.max-weight must not be negative, but is " + maxWeight);
        }
        fields = Map.copyOf(fields);
        fields.forEach((name, field) -> {
            Duration ttl = field.ttl;
            if (ttl != null && (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(LONGEST_TTL) > 0)) {
                throw new IllegalArgumentException(
                        "towline.cache.fields[" + name + "].ttl must be between 1s and 1h, not " + ttl);
            }
        });
    }

    /**
     * The overrides for one field.
     *
     * @param enabled whether lookups of the field use the cache
     * @param ttl replaces the TTL of the schema, 1 s to 1 h; null keeps it
     */
    record Field(
            @DefaultValue("true") boolean enabled, @Nullable Duration ttl) {}

    /** The policy with the overrides of these settings. */
    CachePolicy applyTo(CachePolicy policy) {
        Field field = fields.get(policy.field());
        Duration ttl = field == null || field.ttl == null ? policy.ttl() : field.ttl;
        return new CachePolicy(
                policy.field(),
                enabled && (field == null || field.enabled),
                ttl,
                // maxTtl must not be shorter than ttl
                policy.maxTtl().compareTo(ttl) < 0 ? ttl : policy.maxTtl(),
                policy.scope(),
                policy.stale(),
                policy.staleOnError(),
                policy.negative(),
                policy.renew());
    }
}
