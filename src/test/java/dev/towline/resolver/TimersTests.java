package dev.towline.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimersTests {

    private final Timers timers = new Timers();

    @AfterEach
    void stop() {
        timers.shutdownNow();
    }

    @Test
    void forgetsACancelledTimer() {
        ScheduledFuture<?> timer = timers.schedule(() -> {}, 1, TimeUnit.HOURS);
        assertThat(timers.getQueue()).contains((Runnable) timer);

        timer.cancel(false);

        assertThat(timers.getQueue()).doesNotContain((Runnable) timer);
    }

    @Test
    void isAwakeBeforeTheEndOfANewTimer() {
        var _ = timers.schedule(() -> {}, 1, TimeUnit.HOURS);

        // The tick is not in the queue while it runs.
        await().untilAsserted(() -> assertThat(timers.getQueue().peek())
                .isInstanceOfSatisfying(
                        Delayed.class,
                        next -> assertThat(next.getDelay(TimeUnit.MILLISECONDS))
                                .isLessThanOrEqualTo(Timers.TICK.toMillis())));
    }
}
