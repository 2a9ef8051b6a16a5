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

    private static final MapSettings MAP = new MapSettings(null, null, null, null, List.of());

    @Test
    void theProviderHasAllThatALibraryNeeds() {
        PageSettings settings = PageSettings.of(MAP, signIn("pages"), null);
        assertThat(settings.provider())
                .isEqualTo(new PageSettings.Provider(
                        URI.create("https://id.example"), "pages", "openid email", Map.of("audience", "towline")));
    }

    @Test
    void theMapIsWhatIsSet() {
        URI style = URI.create("https://maps.example/style.json");
        URI archive = URI.create("https://maps.example/city.pmtiles");
        String tiles = "https://tiles.example/{z}/{x}/{y}.png";
        assertThat(map(new MapSettings(style, null, null, null, List.of())))
                .isEqualTo(new PageSettings.BaseMap(style, null, null, null));
        assertThat(map(new MapSettings(null, tiles, null, "© Us", List.of())))
                .isEqualTo(new PageSettings.BaseMap(null, tiles, null, "© Us"));
        assertThat(map(new MapSettings(null, null, archive, null, List.of())))
                .isEqualTo(new PageSettings.BaseMap(null, null, archive, null));
        assertThat(map(MAP)).isNull();
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

    private static PageSettings.@Nullable BaseMap map(MapSettings settings) {
        return PageSettings.of(settings, signIn(null), null).map();
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
