package dev.towline.cache.shared;

import dev.towline.cache.CacheMetrics;
import dev.towline.change.Bus;
import dev.towline.redis.BestEffort;
import dev.towline.redis.SharedValues;
import dev.towline.store.EntityBytes;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SharedConfiguration {

    @Bean
    RedisSharedTier sharedTier(
            SharedTierSettings settings,
            SharedValues values,
            Generation generation,
            EntityBytes bytes,
            VersionFloors floors,
            CacheMetrics metrics) {
        SharedEntityFormat encoding = new SharedEntityFormat(bytes, settings.retention());
        return new RedisSharedTier(
                settings, values, generation, encoding, floors, new BestEffort(metrics::sharedTierFailed));
    }

    @Bean
    Generation generation(SharedValues values, Bus bus, InstantSource clock) {
        return new Generation(
                values::hold, bus::isProven, clock, bus.maxLossDetectionTime().multipliedBy(2));
    }

    @Bean
    GenerationKeeper generationKeeper(SharedTierSettings settings, Generation generation) {
        return new GenerationKeeper(settings, generation);
    }

    @Bean
    SharedStage sharedStage(RedisSharedTier shared, InstantSource clock) {
        return new SharedStage(shared, clock);
    }

    /** Checks the settings once all tables are known. */
    @Bean
    SmartInitializingSingleton sharedTierSettingsCheck(
            SharedTierSettings settings, List<Table<?>> tables, VersionFloors floors) {
        return () -> settings.check(tables.stream().map(Table::entity).collect(Collectors.toSet()), floors.retention());
    }
}
