package dev.towline.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
}
