package dev.towline.cache.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.cache.CacheFixture;
import dev.towline.cache.Thing;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UsageRankingTests {

    private final CacheFixture fixture = new CacheFixture();
    private final UsageCounts uses = new UsageCounts("thing");
    private final FakeRanking ranking = new FakeRanking();
    private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
    private final UsageRanking often = notes(Duration.ofMillis(100));
    private final UsageRanking seldom = notes(Duration.ofHours(1));

    @AfterEach
    void end() {
        often.stop();
        scheduler.close();
    }

    @Test
    void addsOnlyUsedEntities() {
        use("t1");
        use("t1");
        often.start();
        await().until(() -> ranking.added.equals(List.of(Map.of("acme/t1", 2L))));
        useUntilAdded("t2");
        assertThat(ranking.added.stream().filter(each -> each.containsKey("acme/t1")))
                .as("once")
                .hasSize(1);
        assertThat(ranking.added).doesNotContain(Map.of());
        await().untilAsserted(() -> assertThat(noted("ok")).isEqualTo(ranking.added.size()));
    }

    @Test
    void addsTheRestAtShutdown() {
        seldom.start();
        // The first run starts immediately.
        await().during(Duration.ofMillis(200)).until(() -> ranking.added.isEmpty());
        use("t1");
        seldom.stop();
        assertThat(ranking.added).containsExactly(Map.of("acme/t1", 1L));
        assertThat(seldom.isRunning()).isFalse();
    }

    @Test
    void goesOnAfterAFailure() {
        ranking.failure = new IllegalStateException("no Redis");
        use("t1");
        often.start();
        await().until(() -> noted("error") == 1);
        ranking.failure = null;
        useUntilAdded("t2");
        assertThat(ranking.added).as("failed additions are lost").noneMatch(each -> each.containsKey("acme/t1"));
    }

    /** Uses the entity until it is in the ranking, because a use during the collection of counts may be lost. */
    private void useUntilAdded(String id) {
        await().until(() -> {
            use(id);
            return ranking.added.stream().anyMatch(each -> each.containsKey("acme/" + id));
        });
    }

    private UsageRanking notes(Duration interval) {
        WarmUpSettings settings = new WarmUpSettings(10, Duration.ofSeconds(5), interval, "thing");
        return new UsageRanking(uses, ranking, settings, scheduler, fixture.metrics);
    }

    private void use(String id) {
        uses.used(Thing.of(id, 1).key());
    }

    private double noted(String outcome) {
        return fixture.meters.find("towline.cache.warm.notes").tag("outcome", outcome).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
