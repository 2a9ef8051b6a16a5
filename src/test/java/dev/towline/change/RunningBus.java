package dev.towline.change;

import dev.towline.local.EmbeddedRedis;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** The bus of an instance on a real Redis, as the service sets it up. */
final class RunningBus implements AutoCloseable {

    /** The time-outs are those of the service. */
    private static final List<String> SERVICE = List.of(
            "--spring.main.banner-mode=off",
            "--spring.data.redis.timeout=250ms",
            "--spring.data.redis.connect-timeout=1s");

    final ConfigurableApplicationContext context;
    final Bus bus;
    final Notes notes;

    /** Without an annotation that tests which scan this package would find. */
    @ImportAutoConfiguration({DataRedisAutoConfiguration.class, SslAutoConfiguration.class})
    @ComponentScan("dev.towline.redis")
    @ConfigurationPropertiesScan({"dev.towline.redis", "dev.towline.change"})
    @Import({CoherenceConfiguration.class, Notes.class})
    static class Service {

        @Bean
        InstantSource clock() {
            return InstantSource.system();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    /** @param settings such as {@code --name=value} */
    RunningBus(String... settings) {
        context = new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .run(Stream.concat(SERVICE.stream(), Stream.of(settings)).toArray(String[]::new));
        bus = context.getBean(Bus.class);
        notes = context.getBean(Notes.class);
    }

    static RunningBus on(EmbeddedRedis redis) {
        return at(redis.port());
    }

    /** @param port of a Redis on the loopback address */
    static RunningBus at(int port) {
        return new RunningBus("--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + port);
    }

    void publish(String text) {
        bus.publish(Notes.payload(text));
    }

    @Override
    public void close() {
        context.close();
    }
}
