package dev.towline.change;

import dev.towline.redis.Channels;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans of the bus between instances. */
@Configuration(proxyBeanMethods = false)
class CoherenceConfiguration {

    @Bean
    Bus bus(
            Channels channels,
            CoherenceSettings settings,
            MeterRegistry meters,
            InstantSource clock,
            BusListener listener) {
        return new Bus(channels.named("changes"), settings, meters, clock, listener);
    }

    @Bean
    BusLifecycle busLifecycle(Bus bus) {
        return new BusLifecycle(bus);
    }
}
