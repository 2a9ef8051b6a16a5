package dev.towline.cache.eviction;

import dev.towline.audit.Actor;
import dev.towline.viewer.Viewer;
import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

@Controller
class CacheController {

    private final Evictions evictions;

    CacheController(Evictions evictions) {
        this.evictions = evictions;
    }

    @MutationMapping
    EvictCacheResult evictCache(
            DataFetchingEnvironment environment, @ContextValue Viewer viewer, @ContextValue Actor actor) {
        // Spring does not bind `arguments`, a JSON value of any type.
        Map<String, @Nullable Object> given = Objects.requireNonNull(environment.getArgument("input"));
        EvictCacheInput input = EvictCacheInput.of(given);
        return evictions.evict(actor, viewer.tenant(), input);
    }
}
