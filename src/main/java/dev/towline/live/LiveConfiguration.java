package dev.towline.live;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

    @Bean
    Topics topics(MeterRegistry meters, LiveSettings settings, InstantSource clock) {
        return new Topics(meters, settings, clock);
    }
}
