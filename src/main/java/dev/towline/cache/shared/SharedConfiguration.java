package dev.towline.cache.shared;

import dev.towline.cache.CacheMetrics;
import dev.towline.cache.FieldCodecs;
import dev.towline.change.Bus;
import dev.towline.redis.BestEffort;
import dev.towline.redis.SharedValues;
import dev.towline.redis.TaggedValues;
import dev.towline.store.EntityBytes;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.execution.GraphQlSource;

@Configuration(proxyBeanMethods = false)
class SharedConfiguration {

    @Bean
    RedisSharedTier sharedTier(
            SharedTierSettings settings,
            SharedValues values,
            Generation generation,
            EntityBytes bytes,
            SharedComputedValues computed,
            VersionFloors floors,
            CacheMetrics metrics) {
        SharedEntityFormat encoding = new SharedEntityFormat(bytes, settings.retention());
        return new RedisSharedTier(
                settings, values, generation, encoding, computed, floors, new BestEffort(metrics::sharedTierFailed));
    }

    @Bean
    SharedComputedValues sharedPages(
            SharedTierSettings settings,
            TaggedValues values,
            Generation generation,
            FieldCodecs codecs,
            VersionFloors floors,
            InstantSource clock,
            CacheMetrics metrics) {
        CellWatermarks watermarks = new CellWatermarks(settings.retention(), clock);
        return new SharedComputedValues(
                settings, values, generation, codecs, floors, watermarks, new BestEffort(metrics::sharedTierFailed));
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

    /** Checks the settings after the schema is built, which determines the fields that can be shared. */
    @Bean
    SmartInitializingSingleton sharedTierSettingsCheck(
            SharedTierSettings settings,
            List<Table<?>> tables,
            FieldCodecs codecs,
            VersionFloors floors,
            GraphQlSource schema) {
        return () -> settings.check(
                tables.stream().map(Table::entity).collect(Collectors.toSet()), codecs.entities(), floors.retention());
    }
}
