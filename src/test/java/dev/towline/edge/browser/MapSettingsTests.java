package dev.towline.edge.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapSettingsTests {

    private static final String STYLE = "https://maps.example/a/style.json?key=1";

    private static final String TILES = "https://tiles.example/{z}/{x}/{y}.png?key=1";

    private static final String ARCHIVE = "https://files.example/city.pmtiles";

    @Test
    void nothingElseIsLoadedWithoutAMap() {
        assertThat(settings(null, null, null, null).sources()).isEmpty();
    }

    @Test
    void aStyleIsLoadedFromItsOriginAndFromThoseThatItNeeds() {
        assertThat(settings(STYLE, null, null, null, "https://tiles.example", "https://maps.example")
                        .sources())
                .containsExactly("https://maps.example", "https://tiles.example");
    }

    @Test
    void tilesAndAnArchiveAreLoadedFromTheirOrigin() {
        assertThat(settings(null, TILES, null, "© Us").sources()).containsExactly("https://tiles.example");
        assertThat(settings(null, null, ARCHIVE, null).sources()).containsExactly("https://files.example");
        assertThat(settings(null, null, ARCHIVE, "© Us", "https://cdn.example").sources())
                .containsExactly("https://files.example", "https://cdn.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"maps.example/style.json", "ftp://maps.example/style.json", "/style.json", "https:style"})
    void aStyleAndAnArchiveHaveAUrl(String url) {
        refuses("style-url: must be an http", url, null, null, null);
        refuses("pmtiles-url: must be an http", null, null, url, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://tiles.example/{z}/{x}.png",
                "https://tiles.example/{x}/{y}.png",
                "https://tiles.example/{z}/{y}.png",
                "https://tiles.example/{z}/{x}/{y}.png?key={key}",
                "https://{x}.tiles.example/{z}/{x}/{y}.png",
                "https://tiles.example:{z}/{x}/{y}.png",
                "https://tiles.example{z}/{x}/{y}.png",
                "https://Tiles.example/{z}/{x}/{y}.png",
                "pmtiles://tiles.example/{z}/{x}/{y}.png",
                "/{z}/{x}/{y}.png",
                ""
            })
    void tilesHaveATemplateOnAKnownOrigin(String template) {
        refuses("tiles-url: must be an http", null, template, null, "© Us");
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, false, tiles-url: must not",
        "true, false, true, pmtiles-url: must not",
        "false, true, true, pmtiles-url: must not"
    })
    void thereIsOneMap(boolean style, boolean tiles, boolean archive, String message) {
        refuses(message, style ? STYLE : null, tiles ? TILES : null, archive ? ARCHIVE : null, tiles ? "© Us" : null);
    }

    @Test
    void onlyImagesHaveAnAttributionOfTheSettings() {
        refuses("attribution: must be set", null, TILES, null, null);
        refuses("attribution: must not be blank", null, TILES, null, " ");
        refuses("attribution: must not be set", STYLE, null, null, "© Us");
        refuses("attribution: must not be set", null, null, null, "© Us");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiles.example", "https://tiles.example/", "*", "https://a.example; script-src *", ""})
    void anOriginIsOne(String origin) {
        refuses("origins: \"" + origin + "\" is not", STYLE, null, null, null, origin);
    }

    @Test
    void originsNeedAMap() {
        refuses("origins: must not be set", null, null, null, null, "https://tiles.example");
    }

    private static void refuses(
            String message,
            @Nullable String style,
            @Nullable String tiles,
            @Nullable String archive,
            @Nullable String attribution,
            String... origins) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(style, tiles, archive, attribution, origins))
                .withMessageStartingWith("towline.map." + message);
    }

    private static MapSettings settings(
            @Nullable String style,
            @Nullable String tiles,
            @Nullable String archive,
            @Nullable String attribution,
            String... origins) {
        return new MapSettings(
                style == null ? null : URI.create(style),
                tiles,
                archive == null ? null : URI.create(archive),
                attribution,
                List.of(origins));
    }
}
