package dev.towline.cache;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What an installation wants of the cache. What each field is cached for stands in the schema.
 *
 * @param enabled false: every lookup goes past the cache
 * @param maxWeight how much memory entities take in this instance at most, about; and as much again what is computed from them. Nothing
 *     is remembered if it is 0
 * @param fields what is to be different for single fields, by {@code Type.field}
 */
@ConfigurationProperties("towline.cache")
public record CacheSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("64MB") DataSize maxWeight,
        @DefaultValue Map<String, Field> fields) {

    private static final Duration LONGEST_TTL = Duration.ofHours(1);

    public CacheSettings {
        if (maxWeight.isNegative()) {
            throw new IllegalArgumentException("towline.cache.max-weight: 0 or more, not " + maxWeight);
        }
        fields = Map.copyOf(fields);
        fields.forEach((name, field) -> {
            Duration ttl = field.ttl;
            if (ttl != null && (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(LONGEST_TTL) > 0)) {
                throw new IllegalArgumentException("towline.cache.fields[" + name + "].ttl: 1s to 1h, not " + ttl);
            }
        });
    }

    /**
     * What is to be different for one field.
     *
     * @param enabled false: past the cache
     * @param ttl instead of the schema's, 1 s to 1 h; absent: the schema's
     */
    record Field(
            @DefaultValue("true") boolean enabled, @Nullable Duration ttl) {}

    /** The policy as this installation wants it. */
    CachePolicy applyTo(CachePolicy policy) {
        Field field = fields.get(policy.field());
        Duration ttl = field == null || field.ttl == null ? policy.ttl() : field.ttl;
        return new CachePolicy(
                policy.field(),
                enabled && (field == null || field.enabled),
                ttl,
                policy.maxTtl().compareTo(ttl) < 0 ? ttl : policy.maxTtl(),
                policy.scope(),
                policy.stale(),
                policy.staleOnError(),
                policy.negative(),
                policy.renew());
    }
}
