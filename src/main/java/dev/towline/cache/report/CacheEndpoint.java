package dev.towline.cache.report;

import dev.towline.audit.Actor;
import dev.towline.cache.LocalCache;
import dev.towline.cache.eviction.CachedFields;
import dev.towline.cache.eviction.EvictCacheInput;
import dev.towline.cache.eviction.EvictCacheResult;
import dev.towline.cache.eviction.Evictions;
import dev.towline.problem.BadInput;
import dev.towline.problem.Problem;
import dev.towline.viewer.Tenant;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The endpoint {@code /actuator/cache}: statistics of the cache of this instance, and evictions by operators. */
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
     * Evicts entries of the operator's tenant on all instances, like the mutation {@code evictCache}. Blocks until all instances have answered,
     * or until the time for their answers is over.
     *
     * @param arguments the arguments as JSON text, because an operation of an endpoint takes only simple parameters
     */
    @WriteOperation
    EvictCacheResult evict(
            @Nullable String entity, @Nullable String field, @Nullable String arguments, @Nullable Boolean all) {
        Map<String, @Nullable Object> input = new HashMap<>();
        input.put("entity", entity);
        input.put("field", field);
        input.put("arguments", arguments == null ? null : json(arguments));
        input.put("all", all);
        try {
            Actor actor = actor();
            Tenant tenant = Objects.requireNonNull(actor.viewer()).tenant();
            return evictions.evict(actor, tenant, EvictCacheInput.of(input));
        } catch (BadInput wrong) {
            throw badRequest(withoutInput(wrong));
        }
    }

    /** Who sent the request. The guard of the actuator has put it there. */
    private static Actor actor() {
        RequestAttributes request = RequestContextHolder.currentRequestAttributes();
        return (Actor)
                Objects.requireNonNull(request.getAttribute(Actor.class.getName(), RequestAttributes.SCOPE_REQUEST));
    }

    private static Object json(String text) {
        try {
            return JsonMapper.shared().readValue(text, Object.class);
        } catch (JacksonException malformed) {
            throw badRequest(new BadInput("arguments", "must be JSON text such as {\"id\": \"v7\"}."));
        }
    }

    /** The same about an argument of this endpoint, which has no {@code input} around them. */
    private static BadInput withoutInput(BadInput wrong) {
        String argument = String.valueOf(wrong.argument());
        String predicate = String.valueOf(wrong.getMessage())
                .substring(Problem.sentence(argument, "").length());
        return new BadInput(argument.replaceFirst("^input\\.", ""), predicate);
    }

    private static InvalidEndpointRequestException badRequest(BadInput wrong) {
        String reason = String.valueOf(wrong.getMessage());
        return new InvalidEndpointRequestException(reason, reason, wrong);
    }
}
