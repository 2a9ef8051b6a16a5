package dev.towline.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.local.EmbeddedRedis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Two instances on one Redis, as the service sets them up; all tests have the same. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BusIT {

    private static final Duration UNPROVEN_WITHIN = Duration.ofMillis(1300);
    private static final Duration PROVEN_WITHIN = Duration.ofSeconds(2);

    private final EmbeddedRedis redis = EmbeddedRedis.inMemory(0);
    private final RunningBus a = RunningBus.on(redis);
    private final RunningBus b = RunningBus.on(redis);

    @BeforeEach
    void begin() {
        await().atMost(PROVEN_WITHIN)
                .until(() -> bothProven() && a.bus.otherInstanceCount() == 1 && b.bus.otherInstanceCount() == 1);
        a.notes.take();
        b.notes.take();
    }

    @AfterAll
    void end() {
        a.close();
        b.close();
        redis.close();
    }

    @Test
    void carriesMessagesToTheOtherInOrder() {
        assertThat(a.bus.instanceId()).matches("[0-9a-f]{16}").isNotEqualTo(b.bus.instanceId());
        assertThat(a.bus.otherInstanceCount()).isEqualTo(1);
        List<String> texts =
                IntStream.rangeClosed(1, 500).mapToObj(Integer::toString).toList();
        texts.forEach(a::publish);
        b.publish("back");

        await().until(() -> b.notes.all().size() >= texts.size());
        assertThat(b.notes.all()).isEqualTo(texts);
        await().until(() -> !a.notes.all().isEmpty());
        assertThat(a.notes.all()).containsExactly("back");
    }

    @Test
    void whatManyThreadsPublishLeavesNoGap() throws InterruptedException {
        List<Thread> publishing = new ArrayList<>();
        for (int thread = 0; thread < 16; thread++) {
            publishing.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 100; i++) {
                    a.publish("x");
                }
            }));
        }
        for (Thread thread : publishing) {
            thread.join();
        }

        await().until(() -> b.notes.all().size() >= 1600);
        assertThat(b.notes.all()).hasSize(1600).containsOnly("x");
    }

    @Test
    void aStoppedInstanceIsNoGap() {
        try (RunningBus leaving = RunningBus.on(redis)) {
            await().atMost(PROVEN_WITHIN)
                    .until(() -> leaving.bus.isProven() && bothProven() && b.bus.otherInstanceCount() == 2);
            leaving.publish("last");
        }

        await().during(Duration.ofMillis(2500))
                .atMost(Duration.ofSeconds(4))
                .pollInterval(Duration.ofMillis(20))
                .until(b.bus::isProven);
        assertThat(b.notes.all()).containsExactly("last");
    }

    @Test
    void leavesAfterTheWebServerAndBeforeRedis() {
        assertThat(a.context.getBean(BusLifecycle.class).getPhase())
                .isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
                .isGreaterThan(a.context.getBean(LettuceConnectionFactory.class).getPhase());
    }

    @Test
    void listensAgainAfterItWasStoppedAndStarted() {
        a.bus.stop();
        assertThat(a.bus.isRunning()).isFalse();
        a.bus.start();
        await().atMost(PROVEN_WITHIN).until(() -> a.notes.all().contains("BEFORE") && bothProven());
        b.notes.take();
        a.notes.take();
        b.publish("one");
        a.publish("two");

        await().until(() -> a.notes.all().contains("one") && b.notes.all().contains("two"));
        assertThat(a.notes.all()).containsExactly("one");
        assertThat(b.notes.all()).containsExactly("two");
    }

    @Test
    void aRedisThatIsStoppedLeavesBothUnprovenUntilItIsBack() {
        // long enough to find out which Redis it is
        await().during(Duration.ofSeconds(1)).until(this::bothProven);
        redis.stop();
        await().atMost(UNPROVEN_WITHIN).until(() -> !a.bus.isProven() && !b.bus.isProven());
        long before = System.nanoTime();
        a.publish("lost");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(100));

        redis.start();
        await().atMost(PROVEN_WITHIN).until(this::bothProven);
        await().atMost(PROVEN_WITHIN).until(() -> b.notes.all().contains("REDIS_CHANGED"));
        assertThat(b.notes.take()).contains("LOST").doesNotContain("lost");
        a.publish("found");
        await().until(() -> b.notes.all().contains("found"));
        assertThat(b.notes.all()).doesNotContain("SILENCE");
    }

    /** So long that the instances have given up their subscriptions. */
    @Test
    void aRedisThatWasAwayForLongIsFoundAsSoon() {
        redis.stop();
        await().during(Duration.ofSeconds(8)).atMost(Duration.ofSeconds(10)).until(() -> !bothProven());
        redis.start();

        await().atMost(PROVEN_WITHIN).until(this::bothProven);
        assertThat(b.notes.all()).contains("LOST");
        assertThat(subscriptions()).isEqualTo(2);
        a.publish("found");
        await().until(() -> b.notes.all().contains("found"));
    }

    @Test
    void usesTheChannelOfItsPrefix() {
        StringRedisTemplate commands = a.context.getBean(StringRedisTemplate.class);
        commands.convertAndSend("towline:elsewhere", "nothing");
        commands.convertAndSend("towline:changes", "no frame");

        await().until(() -> !a.notes.all().isEmpty() && !b.notes.all().isEmpty());
        assertThat(b.notes.all()).containsExactly("LOST");
    }

    /** How many connections Redis has that hear the channel. */
    private long subscriptions() {
        LettuceConnectionFactory connections = a.context.getBean(LettuceConnectionFactory.class);
        try (var connection = (LettuceConnection) connections.getConnection()) {
            return connection
                    .getNativeConnection()
                    .pubsubNumsub("towline:changes".getBytes(StandardCharsets.UTF_8))
                    .toCompletableFuture()
                    .join()
                    .values()
                    .iterator()
                    .next();
        }
    }

    private boolean bothProven() {
        return a.bus.isProven() && b.bus.isProven();
    }
}
