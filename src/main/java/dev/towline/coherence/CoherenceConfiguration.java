package dev.towline.coherence;

import dev.towline.redis.Channels;
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
            Channels channels,
            CoherenceSettings settings,
            MeterRegistry meters,
            InstantSource clock,
            ObjectProvider<BusListener> listeners) {
        return new Bus(
                channels.named("changes"),
                settings,
                meters,
                clock,
                new BusListeners(
                        SingletonSupplier.of(() -> listeners.orderedStream().toList())));
    }

    @Bean
    BusLifecycle busLifecycle(Bus bus) {
        return new BusLifecycle(bus);
    }
}
