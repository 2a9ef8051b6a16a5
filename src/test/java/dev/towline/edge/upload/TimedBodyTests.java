package dev.towline.edge.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.towline.edge.error.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TimedBodyTests {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final TimedBody body =
            new TimedBody(new ByteArrayInputStream(new byte[] {1, 2, 3}), Duration.ofSeconds(5), now::get);

    @Test
    void isReadAsLongAsItIsInTime() throws IOException {
        now.set(Instant.EPOCH.plusSeconds(5));
        assertThat(body.readAllBytes()).containsExactly(1, 2, 3);
    }

    @Test
    void isRefusedWhenItsTimeIsOver() throws IOException {
        assertThat(body.read()).isEqualTo(1);
        now.set(Instant.EPOCH.plusMillis(5_001));
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> body.read(new byte[2]))
                .satisfies(refusal -> assertThat(refusal.error().getExtensions())
                        .containsEntry("limit", "uploadTimeout")
                        .containsEntry("allowed", 5_000L));
        assertThatExceptionOfType(Refusal.class).isThrownBy(body::read);
    }
}
