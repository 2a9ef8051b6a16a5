package dev.towline.cache.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.cache.CacheFixture;
import dev.towline.cache.Thing;
import dev.towline.store.EntityKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The warm-up of an instance and its failures. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("what others log would be captured, too")
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WarmUpTests {

    private final CacheFixture fixture = new CacheFixture();
    private final FakeRanking ranking = new FakeRanking();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile boolean settled = true;

    @AfterEach
    void end() {
        gate.countDown();
        threads.close();
    }

    @Test
    void cachesTheMostUsedEntities(CapturedOutput output) {
        rank(3);
        warm(2, Duration.ofSeconds(20));
        assertThat(isRemembered("t0")).isTrue();
        assertThat(isRemembered("t1")).isTrue();
        assertThat(isRemembered("t2")).as("the least used").isFalse();
        assertThat(warmings("ok")).isEqualTo(1);
        assertThat(warnings(output)).isEmpty();
    }

    @Test
    void loadsInBatchesMostUsedFirst() {
        rank(250);
        warm(220, Duration.ofSeconds(20));
        assertThat(fixture.reads.stream().map(List::size)).containsExactly(100, 100, 20);
        assertThat(fixture.reads.stream().flatMap(List::stream).map(EntityKey::id))
                .containsExactlyElementsOf(
                        IntStream.range(0, 220).mapToObj(i -> "t" + i).toList());
    }

    @Test
    void waitsForSlowStorageUntilTheTimeoutAndWarnsOnce(CapturedOutput output) {
        rank(150);
        fixture.beforeRead = () -> {
            if (fixture.reads.size() > 1) {
                pass();
            }
        };
        long start = System.nanoTime();
        warm(150, Duration.ofMillis(500));
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(10));
        assertThat(warmings("late")).isEqualTo(1);
        assertThat(warnings(output))
                .singleElement()
                .asString()
                .contains("only 100 entities of kind thing")
                .contains("PT0.5S");
        assertThat(isRemembered("t99")).as("entities that were loaded in time").isTrue();
    }

    @Test
    void waitsForSlowRedisUntilTheTimeout(CapturedOutput output) {
        rank(1);
        settled = false;
        warm(1, Duration.ofMillis(300));
        assertThat(fixture.reads).isEmpty();
        assertThat(warmings("late")).isEqualTo(1);
        assertThat(warnings(output)).hasSize(1);
    }

    @Test
    void waitsForTheBusBeforeLoading() {
        rank(1);
        settled = false;
        CompletableFuture<Void> warm = CompletableFuture.runAsync(() -> warm(1, Duration.ofSeconds(30)), threads);
        await().during(Duration.ofMillis(200)).until(() -> fixture.reads.isEmpty() && !warm.isDone());
        settled = true;
        warm.join();
        assertThat(isRemembered("t0")).isTrue();
    }

    @Test
    void withoutRedisItStartsColdAndWarnsOnce(CapturedOutput output) {
        ranking.failure = new IllegalStateException("Redis did not answer");
        warm(10, Duration.ofSeconds(20));
        assertThat(warmings("error")).isEqualTo(1);
        assertThat(warnings(output)).singleElement().asString().contains("Redis did not answer");
    }

    @Test
    void withoutStorageItStartsColdAndWarnsOnce(CapturedOutput output) {
        rank(150);
        fixture.beforeRead = () -> {
            throw new IllegalStateException("DynamoDB does not answer");
        };
        warm(150, Duration.ofSeconds(20));
        assertThat(fixture.reads).as("no retry").hasSize(1);
        assertThat(warmings("error")).isEqualTo(1);
        assertThat(warnings(output)).singleElement().asString().contains("DynamoDB does not answer");
    }

    @Test
    void skipsMalformedMembersAndDeletedEntities() {
        rank(1);
        ranking.top.addAll(0, List.of("nobody", "/t0", "a b/t0", "acme/gone"));
        warm(10, Duration.ofSeconds(20));
        assertThat(fixture.reads).hasSize(1);
        assertThat(isRemembered("t0")).isTrue();
        assertThat(warmings("ok")).isEqualTo(1);
    }

    @Test
    void asksForTheRankingOnceBeforeTheServerStarts() {
        rank(1);
        WarmUp warmUp = warmUp(1, Duration.ofSeconds(20));
        warmUp.afterSingletonsInstantiated();
        await().untilAsserted(() -> assertThat(ranking.asked).hasValue(1));
        warmUp.run(new DefaultApplicationArguments());
        assertThat(ranking.asked).hasValue(1);
        assertThat(isRemembered("t0")).isTrue();
    }

    @Test
    void readsNothingIfItIsOff(CapturedOutput output) {
        ranking.failure = new IllegalStateException("must not be asked");
        warm(0, Duration.ofSeconds(20));
        assertThat(warnings(output)).isEmpty();
    }

    private void rank(int count) {
        for (int i = 0; i < count; i++) {
            fixture.store(Thing.of("t" + i, 1));
            ranking.top.add("acme/t" + i);
        }
    }

    private void warm(int size, Duration timeout) {
        warmUp(size, timeout).run(new DefaultApplicationArguments());
    }

    private WarmUp warmUp(int size, Duration timeout) {
        WarmUpSettings settings = new WarmUpSettings(size, timeout, Duration.ofSeconds(30), "thing");
        return new WarmUp(
                settings, CacheFixture.THINGS, ranking, () -> settled, fixture.local, threads, fixture.metrics);
    }

    private void pass() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isRemembered(String id) {
        return fixture.isRemembered(Thing.of(id, 1).key().ref());
    }

    private long warmings(String outcome) {
        return fixture.meters
                .get("towline.cache.warming")
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    private static List<String> warnings(CapturedOutput output) {
        return Arrays.stream(output.getAll().split("\n"))
                .filter(line -> line.contains("WARN") || line.contains("ERROR"))
                .toList();
    }
}
