package dev.towline.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.towline.problem.BadInput;
import dev.towline.problem.RateLimited;
import dev.towline.problem.Unauthenticated;
import dev.towline.problem.Unavailable;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** In which forms tokens are taken, for how long, and how often they are verified. */
class TokensTests {

    private static final int RUNS = 500;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final TestIssuer issuer = new TestIssuer();
    private TestService service = new TestService(issuer, Map.of());

    @AfterEach
    void resetTheClock() {
        VirtualTimeScheduler.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer %s", "bearer  %s", "%s", " %s "})
    void knowsTheViewerOfAToken(String form) {
        assertThat(service.viewer(form.formatted(issuer.token()))).isEqualTo(TestService.DORA);
    }

    @Test
    void leavesRequestsWithoutATokenToOthers() {
        assertThat(service.tokens.authenticate(new Credentials(_ -> null, null)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s!", "%s=", "%s.", ".%s", "%s A", "%sA"})
    void refusesOtherSpellingsOfAToken(String form) {
        String token = issuer.token();
        service.viewer(token);

        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> service.viewer(form.formatted(token)));
    }

    /** A signature of 256 bytes has 342 characters, the last of which has four bits too many. */
    @Test
    void refusesATokenWithAnotherLastCharacter() {
        String token = issuer.token();
        int last = token.length() - 1;
        String other = token.substring(0, last) + (char) (token.charAt(last) + 1);
        assertThat(other).matches(".*[BRhx]");

        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> service.viewer(other));
        assertThat(service.viewer(token)).isEqualTo(TestService.DORA);
    }

    @Test
    void readsNothingOfAHugeToken() {
        String huge = issuer.token(TestIssuer.RSA, claims -> claims.claim("more", "x".repeat(8 * 1024)));

        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> service.viewer(huge))
                .satisfies(problem -> assertThat(problem.argument()).isEqualTo("Authorization"));
        assertThat(issuer.fetches).hasValue(0);
    }

    @Test
    void verifiesATokenOnce() {
        String token = issuer.token();
        Authentication first = service.authenticate(token);

        assertThat(service.authenticate("Bearer " + token)).isSameAs(first);
        assertThat(service.count("verified")).isOne();
        assertThat(service.count("remembered")).isOne();
    }

    @Test
    void asksTheLimitOfCredentialsForTokensThatItDoesNotRemember() {
        String token = issuer.token();
        service.viewer(token);

        assertThat(service.tokens.authenticate(TestService.exhausted(token))).isNotNull();
        assertThatExceptionOfType(RateLimited.class)
                .isThrownBy(() -> service.tokens.authenticate(TestService.exhausted(
                        issuer.token(TestIssuer.RSA, claims -> claims.claim("more", "another token")))));
        assertThat(service.count("verified")).isOne();
    }

    @Test
    void forgetsATokenWhenItExpires() {
        String token = issuer.token();
        service.viewer(token);

        issuer.now = issuer.now.plusSeconds(600 + 29);
        assertThat(service.viewer(token)).isEqualTo(TestService.DORA);
        issuer.now = issuer.now.plusSeconds(1);

        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> service.viewer(token));
        assertThat(service.count("refused")).isOne();
    }

    @Test
    void remembersNoMoreTokensThanAllowed() {
        service = new TestService(issuer, Map.of("max-remembered", "0"));
        String token = issuer.token();

        service.viewer(token);
        service.viewer(token);

        assertThat(service.count("verified")).isEqualTo(2);
    }

    @Test
    void endsWhenTheTokenExpires() {
        var ended = ended(service.authenticate(issuer.token()));

        time.advanceTimeBy(Duration.ofSeconds(600 + 30).minusMillis(1));
        assertThat(ended.isDisposed()).isFalse();
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(ended.isDisposed()).isTrue();
    }

    @Test
    void endsAtADistantTimeAsWell() {
        Authentication distant = service.authenticate(issuer.token(
                TestIssuer.RSA, claims -> claims.expirationTime(Date.from(Instant.parse("9999-12-31T23:59:59Z")))));

        assertThat(ended(distant).isDisposed()).isFalse();
    }

    @Test
    void dropsATokenWhoseKeyTheIssuerHasRemoved() {
        String token = issuer.token();
        String other = issuer.token(TestIssuer.EC, claims -> claims);
        var ended = ended(service.authenticate(token));
        var otherEnded = ended(service.authenticate(other));

        issuer.keys = List.of(TestIssuer.EC.toPublicJWK());
        issuer.now = issuer.now.plusSeconds(300);
        service.keys.refresh();

        await().atMost(Duration.ofSeconds(10)).until(ended::isDisposed);
        assertThat(otherEnded.isDisposed()).isFalse();
        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> service.viewer(token));
        assertThat(service.viewer(other)).isEqualTo(TestService.DORA);
        assertThat(service.count("remembered")).isOne();
    }

    @Test
    void answersUnavailableWhileTheIssuerIsAway() {
        issuer.isAway = true;
        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> service.viewer(issuer.token()));
        assertThat(service.count("unavailable")).isOne();

        issuer.isAway = false;
        issuer.now = issuer.now.plusSeconds(10);
        assertThat(service.viewer(issuer.token())).isEqualTo(TestService.DORA);
    }

    @Test
    void takesAFifthOfAVerificationAtMostToRememberAToken() {
        TestService verifying = new TestService(issuer, Map.of("max-remembered", "0"));
        TestService remembering = new TestService(issuer, Map.of());
        Credentials credentials = TestService.credentials("Bearer " + issuer.token());
        long[] verified = new long[RUNS];
        long[] remembered = new long[RUNS];
        for (int i = -RUNS; i < RUNS; i++) {
            long start = System.nanoTime();
            verifying.tokens.authenticate(credentials);
            long middle = System.nanoTime();
            remembering.tokens.authenticate(credentials);
            long end = System.nanoTime();
            if (i >= 0) {
                verified[i] = middle - start;
                remembered[i] = end - middle;
            }
        }
        Arrays.sort(verified);
        Arrays.sort(remembered);

        assertThat(remembered[RUNS / 2]).isLessThan(verified[RUNS / 2] / 5);
    }

    private static Disposable ended(Authentication authentication) {
        return authentication.end().subscribe();
    }
}
