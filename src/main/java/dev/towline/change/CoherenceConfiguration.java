package dev.towline.change;

import dev.towline.redis.Channels;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
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
        return new Bus(channels.named(channelNames(settings.sharding())), settings, meters, clock, listener);
    }

    /** The common shard has the same name however many there are, so instances with different numbers of shards notice each other. */
    private static List<String> channelNames(Shards shards) {
        return IntStream.range(0, shards.count())
                .mapToObj(shard -> shard == Shards.COMMON ? "changes" : "changes:" + shard)
                .toList();
    }

    @Bean
    BusLifecycle busLifecycle(Bus bus) {
        return new BusLifecycle(bus);
    }
}
