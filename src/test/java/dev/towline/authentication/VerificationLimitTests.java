package dev.towline.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.towline.problem.Unauthenticated;
import dev.towline.problem.Unavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many signatures are verified at once. The clock, which each verification reads, holds them up. */
class VerificationLimitTests {

    private final TestIssuer issuer = new TestIssuer();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger within = new AtomicInteger();

    @Test
    void refusesTokensThatWaitTooLong() {
        TokenVerifier verifier = verifier(Map.of("max-verifications", "2", "verification-wait", "50ms"));
        List<CompletableFuture<?>> held = IntStream.range(0, 2)
                .<CompletableFuture<?>>mapToObj(_ -> verification(verifier))
                .toList();
        await().until(() -> within.get() == 2);

        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> verifier.verify(issuer.token()))
                .satisfies(later -> assertThat(later.retryAfter()).isPositive());

        gate.countDown();
        held.forEach(each -> each.orTimeout(10, TimeUnit.SECONDS).join());
        assertThat(verifier.verify(issuer.token()).viewer()).isEqualTo(TestService.DORA);
    }

    @Test
    void letsTokensWaitForAMoment() {
        TokenVerifier verifier = verifier(Map.of("max-verifications", "1", "verification-wait", "10s"));
        CompletableFuture<?> held = verification(verifier);
        await().until(() -> within.get() == 1);
        CompletableFuture<?> waiting = verification(verifier);

        gate.countDown();

        held.orTimeout(10, TimeUnit.SECONDS).join();
        waiting.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(within).hasValue(2);
    }

    @Test
    void goesOnAfterForgedTokens() {
        gate.countDown();
        TokenVerifier verifier = verifier(Map.of("max-verifications", "1", "verification-wait", "0s"));
        String token = issuer.token();
        String forged = token.substring(0, token.length() - 4) + (token.endsWith("AAAA") ? "BBBA" : "AAAA");

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> verifier.verify(forged));
        }
        assertThat(verifier.verify(token).viewer()).isEqualTo(TestService.DORA);
    }

    private CompletableFuture<?> verification(TokenVerifier verifier) {
        return CompletableFuture.runAsync(() -> verifier.verify(issuer.token()), Thread::startVirtualThread);
    }

    private TokenVerifier verifier(Map<String, String> more) {
        TokenSettings settings = TestIssuer.settings(more);
        InstantSource clock = () -> {
            within.incrementAndGet();
            try {
                assertThat(gate.await(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS))
                        .isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return issuer.now;
        };
        return new TokenVerifier(settings, new IssuerKeys(settings, issuer, () -> issuer.now), clock);
    }
}
