package dev.towline.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import dev.towline.problem.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often the keys are fetched, and what happens when the issuer changes them or does not answer. */
@Timeout(30)
class IssuerKeysTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestIssuer issuer = new TestIssuer();
    private final IssuerKeys keys = new IssuerKeys(TestIssuer.settings(Map.of()), issuer, () -> issuer.now);

    @Test
    void findsAKeyWithoutFetchingAgain() {
        keys.refresh();

        assertThat(find("rsa-1")).isEqualTo(TestIssuer.RSA.toPublicJWK());
        assertThat(find("rsa-1")).isEqualTo(TestIssuer.RSA.toPublicJWK());
        assertThat(issuer.fetches).hasValue(1);
    }

    @Test
    void findsANewKeyAtOnce() {
        keys.refresh();
        issuer.keys = List.of(TestIssuer.OTHER_RSA.toPublicJWK());

        assertThat(find("rsa-2")).isEqualTo(TestIssuer.OTHER_RSA.toPublicJWK());
        assertThat(find("rsa-1")).isNull();
    }

    @Test
    void fetchesTwiceInTenSecondsWhateverStrangersSend() {
        keys.refresh();
        issuer.fetches.set(0);

        for (int second = 0; second < 60; second++) {
            for (int i = 0; i < 100; i++) {
                assertThat(find("key-%d-%d".formatted(second, i))).isNull();
            }
            issuer.now = issuer.now.plusSeconds(1);
        }

        assertThat(issuer.fetches).hasValueBetween(6, 12);
        assertThat(find("rsa-1")).isNotNull();
    }

    @Test
    void doesNotMakeManyThreadsWaitForAFetch() {
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        keys.refresh();
        issuer.onFetch = () -> {
            asked.countDown();
            answer.await();
        };
        List<CompletableFuture<@Nullable JWK>> lookups = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            lookups.add(lookup("stranger-" + i));
        }
        await().atMost(PATIENCE).until(() -> asked.getCount() == 0 && keys.freeLookups() == 0);

        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> find("stranger"));
        assertThat(find("rsa-1")).isNotNull();
        answer.countDown();

        assertThat(lookups)
                .allSatisfy(
                        lookup -> assertThat(lookup).succeedsWithin(PATIENCE).isNull());
        assertThat(issuer.fetches).hasValue(2);
    }

    @Test
    void keepsKeysForAnHourWhileTheIssuerIsAway() {
        keys.refresh();
        issuer.isAway = true;

        issuer.now = issuer.now.plus(Duration.ofMinutes(59));
        keys.refresh();
        assertThat(find("rsa-1")).isNotNull();
        issuer.now = issuer.now.plus(Duration.ofMinutes(1));

        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> find("rsa-1"));
    }

    @Test
    void doesNotKnowWhetherAKeyExistsWhileTheIssuerIsAway() {
        keys.refresh();
        issuer.isAway = true;
        issuer.now = issuer.now.plusSeconds(60);

        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> find("rsa-2"));
        }
        // two fetches, each tried twice
        assertThat(issuer.fetches).hasValue(1 + 4);
    }

    @Test
    void keepsKeysWhileTheIssuerHasNone() {
        keys.refresh();
        issuer.keys = List.of();
        issuer.now = issuer.now.plus(Duration.ofMinutes(5));

        keys.refresh();

        assertThat(find("rsa-1")).isNotNull();
        assertThat(keys.isCurrent(thumbprint(TestIssuer.RSA))).isTrue();
        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> find("rsa-2"));
    }

    @Test
    void doesNotWaitForTheStreamsThatARemovedKeyEnds() {
        CountDownLatch ended = new CountDownLatch(1);
        CompletableFuture<Void> go = new CompletableFuture<>();
        keys.refresh();
        var _ = keys.removed(thumbprint(TestIssuer.RSA)).subscribe(_ -> {}, _ -> {}, () -> {
            ended.countDown();
            go.join();
        });
        issuer.keys = List.of(TestIssuer.OTHER_RSA.toPublicJWK());

        assertThat(lookup("rsa-2")).succeedsWithin(PATIENCE).isNotNull();

        await().atMost(PATIENCE).until(() -> ended.getCount() == 0);
        go.complete(null);
    }

    @Test
    void triesAFetchTwice() {
        issuer.failures.set(1);
        keys.refresh();

        assertThat(find("rsa-1")).isNotNull();
        assertThat(issuer.fetches).hasValue(2);
    }

    private static Base64URL thumbprint(JWK key) {
        try {
            return key.computeThumbprint();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable JWK find(String keyId) {
        return keys.find(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build());
    }

    private CompletableFuture<@Nullable JWK> lookup(String keyId) {
        CompletableFuture<@Nullable JWK> found = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                found.complete(find(keyId));
            } catch (RuntimeException e) {
                found.completeExceptionally(e);
            }
        });
        return found;
    }
}
