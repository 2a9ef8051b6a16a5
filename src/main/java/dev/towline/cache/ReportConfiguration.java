package dev.towline.cache;

import dev.towline.store.VersionFloors;
import dev.towline.store.Table;
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
