package dev.towline.cache.eviction;

import dev.towline.audit.AuditLog;
import dev.towline.cache.CacheLoads;
import dev.towline.cache.LocalCache;
import dev.towline.cache.SharedTier;
import dev.towline.change.Bus;
import dev.towline.store.Table;
import dev.towline.viewer.FieldRoles;
import dev.towline.viewer.Role;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.util.function.SingletonSupplier;

@Configuration(proxyBeanMethods = false)
class EvictionConfiguration {

    /** The time for answers of the other instances. An eviction takes milliseconds, unless Redis has just failed. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @Bean
    Evictions evictions(
            LocalCache local,
            SharedTier shared,
            Bus bus,
            @CacheLoads ExecutorService cacheLoads,
            SingletonSupplier<CachedFields> cachedFieldsOfSchema,
            AuditLog audit) {
        return new Evictions(
                local,
                shared,
                new Evictions.Others(bus::publish, bus::otherInstanceCount, TIMEOUT, cacheLoads),
                cachedFieldsOfSchema,
                audit);
    }

    @Bean
    FieldRoles evictionRoles() {
        return field -> field.equals("Mutation.evictCache") ? Set.of(Role.OPERATOR) : null;
    }

    @Bean
    SingletonSupplier<CachedFields> cachedFieldsOfSchema(ObjectProvider<GraphQlSource> schema, List<Table<?>> tables) {
        return SingletonSupplier.of(() -> new CachedFields(schema.getObject().schema(), tables));
    }
}
