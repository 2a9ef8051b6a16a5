package dev.towline.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class CancellationTests {

    private final Cancellation cancellation = new Cancellation();
    private final List<String> done = new ArrayList<>();

    @Test
    void runsEachActionOnce() {
        cancellation.onCancel(() -> done.add("before"));
        assertThat(done).isEmpty();
        cancellation.cancel();
        cancellation.cancel();
        cancellation.onCancel(() -> done.add("after"));
        cancellation.end();

        assertThat(done).containsExactly("before", "after");
    }

    @Test
    void runsNoneAfterTheEnd() {
        cancellation.onCancel(() -> done.add("before"));
        cancellation.end();
        cancellation.onCancel(() -> done.add("after"));
        cancellation.cancel();

        assertThat(done).isEmpty();
    }

    @Test
    void interruptsWhatTheOperationStarted() throws InterruptedException {
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        Executor threads = Cancellation.interrupting(Thread::startVirtualThread);
        cancellation.during(() -> {
            threads.execute(() -> ends.add(isInterrupted(Duration.ofMinutes(1)) ? "interrupted" : "ran to its end"));
            return "started";
        });
        threads.execute(() -> ends.add(isInterrupted(Duration.ofMillis(50)) ? "interrupted" : "ran to its end"));

        assertThat(ends.take()).isEqualTo("ran to its end");
        cancellation.cancel();
        assertThat(ends.take()).isEqualTo("interrupted");
        assertThat(Cancellation.current()).isNull();
    }

    private static boolean isInterrupted(Duration within) {
        try {
            Thread.sleep(within);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
