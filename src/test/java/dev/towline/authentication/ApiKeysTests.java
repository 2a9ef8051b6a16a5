package dev.towline.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.problem.BadInput;
import dev.towline.problem.RateLimited;
import dev.towline.problem.Unauthenticated;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

class ApiKeysTests {

    /** The hash of {@code secret}. */
    private static final String HASH = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private Instant now = Instant.parse("2026-03-21T14:05:09Z");

    @AfterEach
    void resetTheClock() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void knowsTheViewerOfAKey() {
        assertThat(viewer("secret", Map.of())).isEqualTo(new Viewer(Role.DISPATCHER, "key:robot", new Tenant("acme")));
        assertThat(viewer("secret", Map.of("role", "VENDOR", "vendor-id", "v-7")))
                .isEqualTo(new Viewer(Role.VENDOR, "v-7", new Tenant("acme")));
        assertThat(viewer("secret", Map.of("sha256", HASH.toUpperCase(Locale.ROOT)))
                        .subject())
                .isEqualTo("key:robot");
    }

    @ParameterizedTest
    @CsvSource({"''", "Secret", "'secret, secret'", HASH})
    void refusesOtherKeys(String secret) {
        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> viewer(secret, Map.of()));
    }

    @Test
    void doesNotHashAHugeKey() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> viewer("x".repeat(257), Map.of()))
                .satisfies(problem -> assertThat(problem.argument()).isEqualTo("x-api-key"));
    }

    @Test
    void asksTheLimitOfCredentialsForKeysThatItDoesNotKnow() {
        ApiKeys keys = keys(Map.of());

        assertThat(keys.authenticate(TestService.exhausted("secret"))).isNotNull();
        assertThatExceptionOfType(RateLimited.class)
                .isThrownBy(() -> keys.authenticate(TestService.exhausted("another")));
    }

    @Test
    void leavesOtherRequestsToOthers() {
        assertThat(keys(Map.of()).authenticate(new Credentials(_ -> null, null)))
                .isNull();
        ApiKeys none = new ApiKeys(settings(Map.of()), () -> now);
        assertThat(none.authenticate(credentials("secret"))).isNull();
        assertThat(none.credential()).isNull();
    }

    @Test
    void endsWhenTheKeyExpires() {
        ApiKeys keys = keys(Map.of("expiry", "2026-03-21T14:06:09Z"));
        Disposable ended =
                authenticated(keys.authenticate(credentials("secret"))).end().subscribe();

        time.advanceTimeBy(Duration.ofMillis(59_999));
        assertThat(ended.isDisposed()).isFalse();
        time.advanceTimeBy(Duration.ofMillis(1));
        now = now.plusSeconds(60);

        assertThat(ended.isDisposed()).isTrue();
        assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> keys.authenticate(credentials("secret")));
    }

    @ParameterizedTest
    @CsvSource({
        "name, ''",
        "name, two words",
        "sha256, secret",
        "sha256, ''",
        "role, GUEST",
        "tenant, a:b",
        "vendor-id, v-7"
    })
    void namesTheInvalidSetting(String setting, String value) {
        assertThatThrownBy(() -> keys(Map.of(setting, value)))
                .rootCause()
                .hasMessageContaining("towline.api-keys[0]." + setting);
    }

    @Test
    void namesWhatIsMissingOrTwice() {
        assertThatThrownBy(() -> keys(Map.of("role", "VENDOR")))
                .rootCause()
                .hasMessageContaining("towline.api-keys[0].vendor-id");
        assertThatThrownBy(() -> settings(Map.of("towline.api-keys[0].name", "robot")))
                .rootCause()
                .hasMessageContaining("towline.api-keys[0].sha256");
        Map<String, String> twice = properties(0, Map.of());
        twice.putAll(properties(1, Map.of("name", "other")));
        assertThatThrownBy(() -> settings(twice)).rootCause().hasMessageContaining("towline.api-keys[1].sha256");
        twice.putAll(properties(1, Map.of("sha256", "0".repeat(64))));
        assertThatThrownBy(() -> settings(twice)).rootCause().hasMessageContaining("towline.api-keys[1].name");
    }

    private Viewer viewer(String secret, Map<String, String> more) {
        return authenticated(keys(more).authenticate(credentials(secret))).viewer();
    }

    private ApiKeys keys(Map<String, String> more) {
        return new ApiKeys(settings(properties(0, more)), () -> now);
    }

    private static Map<String, String> properties(int index, Map<String, String> more) {
        Map<String, String> key =
                new HashMap<>(Map.of("name", "robot", "sha256", HASH, "role", "DISPATCHER", "tenant", "acme"));
        key.putAll(more);
        Map<String, String> properties = new HashMap<>();
        key.forEach((name, value) -> properties.put("towline.api-keys[%d].%s".formatted(index, name), value));
        return properties;
    }

    private static ApiKeySettings settings(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("towline", ApiKeySettings.class);
    }

    private static Credentials credentials(String secret) {
        return new Credentials(name -> name.equals("x-api-key") ? secret : null, null);
    }

    private static Authentication authenticated(@Nullable Authentication authentication) {
        if (authentication == null) {
            throw new AssertionError("not authenticated");
        }
        return authentication;
    }
}
