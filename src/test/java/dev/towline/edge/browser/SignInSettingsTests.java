package dev.towline.edge.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SignInSettingsTests {

    private static final String PROVIDER = "https://id.example/realms/roadside";

    @Test
    void nobodySignsInWithoutAClientId() {
        SignInSettings settings = bound(Map.of("towline.sign-in.authority", ""));
        assertThat(settings.clientId()).isNull();
        assertThat(settings.authority()).isNull();
        assertThat(settings.scopes()).containsExactly("openid", "offline_access");
        assertThat(settings.sources()).isEmpty();
        assertThat(settings(null, "HTTPS://Any.Example:443", List.of("openid"), List.of("https://auth.example"))
                        .sources())
                .isEmpty();
    }

    @Test
    void tokensComeFromTheProviderAndFromTheOriginsThatItsMetadataName() {
        assertThat(settings("pages", PROVIDER, List.of("openid"), List.of("https://auth.example", "https://id.example"))
                        .sources())
                .containsExactly("https://id.example", "https://auth.example");
    }

    @Test
    void aClientIdNeedsAProvider() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("pages", null, List.of("openid"), List.of()))
                .withMessageContaining("towline.sign-in.authority")
                .withMessageContaining("towline.token.issuer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id.example", "ftp://id.example", "/realm", "https://id.example:443", "https://ID.example"})
    void aProviderHasAUrl(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("pages", url, List.of("openid"), List.of()))
                .withMessageContaining("towline.sign-in.authority");
    }

    @Test
    void peopleAreAskedWhoTheyAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("pages", PROVIDER, List.of("offline_access"), List.of()))
                .withMessageContaining("towline.sign-in.scopes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(" ", PROVIDER, List.of("openid"), List.of()))
                .withMessageContaining("towline.sign-in.client-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id.example", "https://id.example/", "*", "https://a.example; script-src *", ""})
    void anOriginIsOne(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("pages", PROVIDER, List.of("openid"), List.of(origin)))
                .withMessageContaining("towline.sign-in.origins");
    }

    private static SignInSettings settings(
            @Nullable String clientId, @Nullable String authority, List<String> scopes, List<String> origins) {
        return new SignInSettings(
                clientId, authority == null ? null : URI.create(authority), scopes, Map.of(), origins);
    }

    private static SignInSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("towline.sign-in", SignInSettings.class);
    }
}
