package dev.towline.edge.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapSettingsTests {

    @Test
    void nothingElseIsLoadedWithoutAStyle() {
        assertThat(new MapSettings(null, List.of()).sources()).isEmpty();
    }

    @Test
    void aStyleIsLoadedFromItsOriginAndFromThoseThatItNeeds() {
        var settings = new MapSettings(
                URI.create("https://maps.example/a/style.json?key=1"),
                List.of("https://tiles.example", "https://maps.example"));
        assertThat(settings.sources()).containsExactly("https://maps.example", "https://tiles.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"maps.example/style.json", "ftp://maps.example/style.json", "/style.json", "https:style"})
    void aStyleHasAUrl(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MapSettings(URI.create(url), List.of()))
                .withMessageContaining("towline.map.style-url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiles.example", "https://tiles.example/", "*", "https://a.example; script-src *", ""})
    void anOriginIsOne(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MapSettings(null, List.of(origin)))
                .withMessageContaining("towline.map.origins");
    }
}
