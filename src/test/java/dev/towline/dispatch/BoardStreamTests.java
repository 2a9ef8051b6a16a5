package dev.towline.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

class BoardStreamTests {

    private static final Duration DELAY = Duration.ofSeconds(10);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DispatchMetrics metrics = new DispatchMetrics(meters);
    private final ManualThreads threads = new ManualThreads();
    private final List<Runnable> timers = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private long number;
    private final DispatchLog log = log(threads);

    /** A board that asks when the test says so. */
    private static final class Subscriber extends BaseSubscriber<DispatchChange> {

        private final List<String> received = new CopyOnWriteArrayList<>();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // nothing yet
        }

        @Override
        protected void hookOnNext(DispatchChange change) {
            received.add(change.id() == null ? "RESET" : change.id() + " " + change.version());
        }
    }

    @BeforeEach
    void subscribe() {
        log.applied(1, ++number, List.of(), _ -> true);
        log.missed();
        now = now.plus(DELAY);
    }

    @Test
    void deliversOnItsOwnThreadAndNoMoreThanIsAskedFor() {
        Subscriber subscriber = board();
        write("v1", 1);
        threads.runAll();
        assertThat(subscriber.received).isEmpty();

        subscriber.request(1);
        assertThat(subscriber.received).isEmpty();
        threads.runAll();
        assertThat(subscriber.received).containsExactly("RESET");
        write("v1", 2);
        write("v2", 1);
        subscriber.request(5);
        threads.runAll();
        assertThat(subscriber.received).containsExactly("RESET", "v1 2", "v2 1");
        write("v1", 3);
        assertThat(subscriber.received).hasSize(3);
        threads.runAll();
        assertThat(subscriber.received).endsWith("v1 3");
    }

    @Test
    void aBoardThatLeavesCostsNothing() {
        Subscriber subscriber = board();
        subscriber.request(10);
        threads.runAll();
        assertThat(meters.get("towline.dispatch.boards").gauge().value()).isEqualTo(1);
        subscriber.cancel();
        assertThat(log.tenantCount()).isZero();
        write("v1", 1);
        threads.runAll();

        assertThat(subscriber.received).containsExactly("RESET");
        assertThat(meters.get("towline.dispatch.boards").gauge().value()).isZero();
    }

    @Test
    void resetsWhenTheTimeHasComeAlthoughNothingHappens() {
        log.applied(1, ++number, List.of(), _ -> true);
        log.missed();
        now = now.plusSeconds(3);
        Subscriber subscriber = board();
        subscriber.request(10);
        threads.runAll();
        write("v1", 1);
        threads.runAll();
        assertThat(delays).as("one timer").containsExactly(Duration.ofSeconds(7));
        now = now.plusSeconds(7);
        timers.getFirst().run();
        threads.runAll();

        assertThat(subscriber.received).containsExactly("RESET", "v1 1", "RESET", "v1 1");
        assertThat(timers).hasSize(1);
    }

    /** Real threads: several publishers, quick and slow boards, some of which come later. */
    @Test
    void everyBoardSeesTheNewestOfAllInTheEnd() throws InterruptedException {
        Executor virtual = Thread::startVirtualThread;
        DispatchLog shared = log(virtual);
        shared.applied(99, 1, List.of(), _ -> true);
        shared.missed();
        now = now.plus(DELAY);
        List<Subscriber> boards = new CopyOnWriteArrayList<>();
        CountDownLatch written = new CountDownLatch(4);
        for (int publisher = 1; publisher <= 4; publisher++) {
            long id = publisher;
            Thread.startVirtualThread(() -> {
                for (int version = 1; version <= 500; version++) {
                    shared.applied(id, version, Writes.write(Writes.vendor("v" + id, version)), _ -> true);
                    if (version % 100 == 0) {
                        Subscriber board = new Subscriber();
                        BoardStream.of(dependencies(shared, virtual), Reader.DISPATCHER, null)
                                .subscribe(board);
                        boards.add(board);
                        board.request(version == 100 ? 1 : Long.MAX_VALUE);
                    }
                }
                written.countDown();
            });
        }
        written.await();
        boards.forEach(board -> board.request(1_000));

        for (Subscriber board : boards) {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(board.received)
                            .contains(IntStream.rangeClosed(1, 4)
                                    .mapToObj(id -> "v" + id + " 500")
                                    .toArray(String[]::new)));
            assertThat(board.received).doesNotHaveDuplicates().startsWith("RESET");
        }
    }

    private Subscriber board() {
        Subscriber subscriber = new Subscriber();
        BoardStream.of(dependencies(log, threads), Reader.DISPATCHER, null).subscribe(subscriber);
        return subscriber;
    }

    private BoardStream.Dependencies dependencies(DispatchLog of, Executor on) {
        return new BoardStream.Dependencies(of, metrics, () -> now, on, (task, delay) -> {
            timers.add(task);
            delays.add(delay);
        });
    }

    private DispatchLog log(Executor on) {
        return new DispatchLog(
                new DispatchSettings(1_000, DELAY), () -> now, new DispatchMetrics(new SimpleMeterRegistry()), on);
    }

    private void write(String id, int version) {
        log.applied(1, ++number, Writes.write(Writes.vendor(id, version)), _ -> true);
    }
}
