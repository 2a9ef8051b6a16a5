package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
class UseNotesTests {

    private final CacheFixture fixture = new CacheFixture();
    private final FakeRanking ranking = new FakeRanking();
    private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
    private final UseNotes often = notes(Duration.ofMillis(100));
    private final UseNotes seldom = notes(Duration.ofHours(1));

    @AfterEach
    void end() {
        often.stop();
        scheduler.close();
    }

    @Test
    void writesDownWhatWasUsedAndOnlyThat() {
        often.start();
        use("t1");
        use("t1");
        await().until(() -> !ranking.added.isEmpty());
        use("t2");
        await().until(() -> ranking.added.contains(Map.of("acme/t2", 1L)));
        assertThat(ranking.added.stream()
                        .mapToLong(each -> each.getOrDefault("acme/t1", 0L))
                        .sum())
                .isEqualTo(2);
        assertThat(ranking.added).doesNotContain(Map.of());
        assertThat(noted("ok")).isEqualTo(ranking.added.size());
    }

    @Test
    void writesDownTheRestAtTheEnd() {
        seldom.start();
        // it begins at once
        await().during(Duration.ofMillis(200)).until(() -> ranking.added.isEmpty());
        use("t1");
        seldom.stop();
        assertThat(ranking.added).containsExactly(Map.of("acme/t1", 1L));
        assertThat(seldom.isRunning()).isFalse();
    }

    @Test
    void goesOnAfterAFailure() {
        ranking.failure = new IllegalStateException("no Redis");
        often.start();
        use("t1");
        await().until(() -> noted("error") == 1);
        ranking.failure = null;
        use("t2");
        await().until(() -> ranking.added.equals(List.of(Map.of("acme/t2", 1L))));
    }

    private UseNotes notes(Duration interval) {
        WarmSettings settings = new WarmSettings(10, Duration.ofSeconds(5), interval, "thing");
        return new UseNotes(fixture.uses, ranking, settings, scheduler, fixture.metrics);
    }

    private void use(String id) {
        fixture.uses.add(Thing.of(id, 1).key());
    }

    private double noted(String outcome) {
        return fixture.meters.find("towline.cache.warm.notes").tag("outcome", outcome).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
