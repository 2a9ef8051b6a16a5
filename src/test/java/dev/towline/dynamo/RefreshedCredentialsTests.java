package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

class RefreshedCredentialsTests {

    private static final Duration OFTEN = Duration.ofMillis(5);

    @Test
    void nobodyWaitsForASlowSource() {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch answers = new CountDownLatch(1);
        try (var credentials = new RefreshedCredentials(
                () -> {
                    if (asked.incrementAndGet() == 2) {
                        awaitUninterruptibly(answers);
                    }
                    return AwsBasicCredentials.create("id" + asked, "secret");
                },
                OFTEN)) {
            await().until(() -> asked.get() == 2);

            assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("id1");
            answers.countDown();
            await().until(() -> !credentials.resolveCredentials().accessKeyId().equals("id1"));
        }
    }

    @Test
    void keepsTheLastOnesWhileTheSourceFails() {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean isFailing = new AtomicBoolean();
        try (var credentials = new RefreshedCredentials(
                () -> {
                    int number = asked.incrementAndGet();
                    if (isFailing.get()) {
                        throw new IllegalStateException("no metadata");
                    }
                    return AwsBasicCredentials.create("id" + number, "secret");
                },
                OFTEN)) {
            isFailing.set(true);
            int before = asked.get();
            await().until(() -> asked.get() > before + 2);
            String kept = credentials.resolveCredentials().accessKeyId();
            assertThat(kept).startsWith("id");

            isFailing.set(false);
            await().until(() -> !credentials.resolveCredentials().accessKeyId().equals(kept));
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
