package dev.towline.cache.report;

import dev.towline.cache.LocalCache;
import dev.towline.cache.eviction.CachedFields;
import dev.towline.cache.eviction.EvictCacheInput;
import dev.towline.cache.eviction.EvictCacheResult;
import dev.towline.cache.eviction.Evictions;
import dev.towline.problem.BadInput;
import dev.towline.viewer.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The endpoint {@code /actuator/cache}: statistics of the cache of this instance, and evictions without a viewer. */
@Endpoint(id = "cache")
final class CacheEndpoint {

    private final MeterRegistry meters;
    private final Evictions evictions;
    private final LocalCache cache;
    private final Supplier<CachedFields> fields;

    /** @param fields supplies the cached fields, which are known after the schema is built */
    CacheEndpoint(MeterRegistry meters, Evictions evictions, LocalCache cache, Supplier<CachedFields> fields) {
        this.meters = meters;
        this.evictions = evictions;
        this.cache = cache;
        this.fields = fields;
    }

    @ReadOperation
    CacheStatistics statistics() {
        return CacheStatistics.of(meters, fields.get().memories(), cache.sizes());
    }

    /**
     * Evicts entries on all instances, like the mutation {@code evictCache}, and blocks until it is done.
     *
     * @param arguments the arguments as JSON text, because an endpoint takes no objects over HTTP
     */
    @WriteOperation
    EvictCacheResult evict(
            String tenant,
            @Nullable String entity,
            @Nullable String field,
            @Nullable String arguments,
            @Nullable Boolean all) {
        if (!Tenant.isName(tenant)) {
            throw refused("tenant: must be 1 to 64 letters, digits, '_' or '-'");
        }
        Map<String, @Nullable Object> given = new HashMap<>();
        given.put("entity", entity);
        given.put("field", field);
        given.put("arguments", arguments == null ? null : json(arguments));
        given.put("all", all);
        try {
            return evictions.evict(new Tenant(tenant), "-", "actuator", EvictCacheInput.of(given));
        } catch (BadInput wrong) {
            throw refused(String.valueOf(wrong.argument()).replace("input.", "") + ": " + wrong.getMessage());
        }
    }

    private static Object json(String text) {
        try {
            return JsonMapper.shared().readValue(text, Object.class);
        } catch (JacksonException malformed) {
            throw refused("arguments: must be JSON text such as \"{\\\"id\\\": \\\"v7\\\"}\"");
        }
    }

    private static InvalidEndpointRequestException refused(String reason) {
        return new InvalidEndpointRequestException(reason, reason);
    }
}
