package dev.towline.change;

import dev.towline.redis.Channels;
import dev.towline.store.ChangeStages;
import dev.towline.store.EntityBytes;
import dev.towline.store.Floors;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;

@Configuration(proxyBeanMethods = false)
class CoherenceConfiguration {

    @Bean
    Bus bus(
            Channels channels, CoherenceSettings settings, MeterRegistry meters, InstantSource clock, Inbound inbound) {
        return new Bus(channels.named("changes"), settings, meters, clock, inbound);
    }

    @Bean
    ChangeMessages changeMessages(EntityBytes entities) {
        return new ChangeMessages(entities);
    }

    @Bean
    Inbound inbound(
            ChangeMessages messages, Floors floors, ChangeStages stages, ObjectProvider<MessageListener> others) {
        return new Inbound(
                messages, floors, stages, SingletonSupplier.of(() -> others.stream().toList()));
    }

    @Bean
    BusStage busStage(Bus bus, ChangeMessages messages) {
        return new BusStage(bus, messages);
    }

    @Bean
    BusLifecycle busLifecycle(Bus bus) {
        return new BusLifecycle(bus);
    }
}
