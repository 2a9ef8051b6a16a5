package dev.towline.edge.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.browser.MapSettings;
import dev.towline.edge.browser.SignInSettings;
import dev.towline.edge.browser.SignInSwitch;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PageSettingsTests {

    private static final MapSettings MAP = new MapSettings(URI.create("https://maps.example/style.json"), List.of());

    @Test
    void theProviderHasAllThatALibraryNeeds() {
        PageSettings settings = PageSettings.of(MAP, signIn("pages"), null);
        assertThat(settings.provider())
                .isEqualTo(new PageSettings.Provider(
                        URI.create("https://id.example"), "pages", "openid email", Map.of("audience", "towline")));
        assertThat(settings.mapStyleUrl()).isEqualTo(MAP.styleUrl());
    }

    @Test
    void thereIsOneWayToSignInAtMost() {
        SignInSwitch local = new SignInSwitch("/local/token");
        assertThat(PageSettings.of(MAP, signIn("pages"), local).localTokenPath())
                .isNull();
        assertThat(PageSettings.of(MAP, signIn(null), local).localTokenPath()).isEqualTo("/local/token");
        assertThat(PageSettings.of(MAP, signIn(null), local).provider()).isNull();
        assertThat(PageSettings.of(MAP, signIn(null), null).localTokenPath()).isNull();
    }

    private static SignInSettings signIn(@Nullable String clientId) {
        return new SignInSettings(
                clientId,
                URI.create("https://id.example"),
                List.of("openid", "email"),
                Map.of("audience", "towline"),
                List.of());
    }
}
