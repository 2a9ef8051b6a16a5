package dev.towline.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.incident.Incidents;
import dev.towline.local.EmbeddedRedis;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Origin;
import dev.towline.store.ChangeStage;
import dev.towline.store.ChangeStages;
import dev.towline.store.EntityBytes;
import dev.towline.store.VersionFloors;
import dev.towline.vendor.Vendors;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

/** The logs of two instances on one Redis. Lists are up to date after 300 ms. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BoardsOnRedisIT {

    private final EmbeddedRedis redis = EmbeddedRedis.inMemory(0);
    private final Running one = new Running(redis);
    private final Running two = new Running(redis);
    private int written;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(DataRedisAutoConfiguration.class)
    @ComponentScan(
            basePackages = {"dev.towline.redis", "dev.towline.change"},
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*IT\\$.*"))
    @ConfigurationPropertiesScan({"dev.towline.redis", "dev.towline.change", "dev.towline.dispatch"})
    @Import(DispatchConfiguration.class)
    static class Service {

        @Bean
        InstantSource clock() {
            return InstantSource.system();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        EntityBytes entityBytes() {
            return new EntityBytes(List.of(Incidents.TABLE, Vendors.TABLE));
        }

        @Bean
        VersionFloors floors(InstantSource clock) {
            return new VersionFloors(Duration.ofMinutes(1), clock);
        }

        @Bean
        ChangeStages changeStages(ObjectProvider<ChangeStage> stages) {
            return new ChangeStages(() -> stages.stream().toList());
        }
    }

    private static final class Running implements AutoCloseable {

        private final ConfigurableApplicationContext context;
        private final DispatchLog log;

        Running(EmbeddedRedis redis) {
            context = new SpringApplicationBuilder(Service.class)
                    .web(WebApplicationType.NONE)
                    .properties("spring.main.banner-mode=off")
                    .run(
                            "--spring.data.redis.host=127.0.0.1",
                            "--spring.data.redis.port=" + redis.port(),
                            "--towline.dispatch.index-delay=300ms");
            log = context.getBean(DispatchLog.class);
        }

        void write(String vendor, int version) {
            context.getBean(ChangeStages.class)
                    .pass(new ChangeEvent.Applied(Writes.write(Writes.vendor(vendor, version)), Origin.LOCAL));
        }

        /** The position of a board that has seen all. */
        String position() {
            Reader reader = Reader.of(log);
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                reader.all();
                return !reader.position().equals(Position.NOTHING.encode());
            });
            return reader.position();
        }

        @Override
        public void close() {
            context.close();
        }
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        redis.close();
    }

    @Test
    void aBoardGoesOnAtTheOtherAfterEachChange() {
        await().until(() -> canResume(two, one.position()) && canResume(one, two.position()));
        String position = one.position();
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            (i % 3 == 0 ? two : one).write("v" + i, 1);
            all.add("VENDOR v" + i + " 1");
        }

        Reader reader = Reader.after(one.log, position);
        for (int seen = 0; seen <= all.size(); seen++) {
            Reader moved = Reader.after(two.log, position);
            List<String> rest = new ArrayList<>();
            int expected = all.size() - seen;
            await().until(() -> {
                rest.addAll(moved.all());
                return rest.size() >= expected;
            });
            assertThat(rest).as("after %d", seen).hasSize(expected).isSubsetOf(all);
            if (expected > 0) {
                await().until(() -> !reader.next().isEmpty());
                position = reader.position();
            }
        }
    }

    @Test
    void aNewInstanceAnswersResetToPositionsFromBeforeItsStart() {
        await().until(() -> canResume(two, one.position()));
        String before = one.position();
        try (Running young = new Running(redis)) {
            young.position();
            assertThat(canResume(young, before)).isFalse();
            await().until(() -> canResume(young, afterOneMore(one)));
            assertThat(canResume(one, young.position())).isTrue();
        }
        await().until(() -> canResume(two, afterOneMore(one)));
    }

    @Test
    void aRedisThatWasAwayIsAResetForAll() {
        await().until(() -> canResume(two, one.position()) && canResume(one, two.position()));
        String before = one.position();
        Reader here = Reader.after(one.log, before);
        Reader there = Reader.after(two.log, before);
        redis.stop();
        one.write("v1", 1);
        assertThat(here.all()).containsExactly("VENDOR v1 1");
        assertThat(there.all()).isEmpty();
        redis.start();

        await().atMost(Duration.ofSeconds(10)).until(() -> here.all().contains("RESET"));
        await().atMost(Duration.ofSeconds(10)).until(() -> there.all().contains("RESET"));
        assertThat(canResume(one, before)).isFalse();
        assertThat(canResume(two, before)).isFalse();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> canResume(two, afterOneMore(one)) && canResume(one, afterOneMore(two)));
    }

    private String afterOneMore(Running instance) {
        instance.write("w", ++written);
        return instance.position();
    }

    private static boolean canResume(Running instance, String position) {
        Reader reader = Reader.after(instance.log, position);
        String next = reader.next();
        reader.close();
        return !next.equals("RESET");
    }
}
