package dev.towline.cache.report;

import dev.towline.cache.LocalCache;
import dev.towline.cache.eviction.CachedFields;
import dev.towline.cache.eviction.Evictions;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

@Configuration(proxyBeanMethods = false)
class ReportConfiguration {

    @Bean
    CacheEndpoint cacheEndpoint(
            MeterRegistry meters,
            Evictions evictions,
            LocalCache cache,
            SingletonSupplier<CachedFields> cachedFieldsOfSchema) {
        return new CacheEndpoint(meters, evictions, cache, cachedFieldsOfSchema);
    }

    @Bean
    CacheInterceptor cacheInterceptor(VersionFloors floors, List<Table<?>> tables) {
        return new CacheInterceptor(
                floors,
                tables.stream()
                        .filter(table -> !table.sorted())
                        .map(Table::entity)
                        .collect(Collectors.toSet()));
    }
}
