package dev.towline.edge.browser;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The map of the pages.
 *
 * @param styleUrl the URL of a style of MapLibre, such as {@code https://maps.example/style.json}; if absent, the pages show the map that
 *     comes with them, which needs no network
 * @param origins the other origins from which that style loads tiles, sprites and glyphs, such as {@code https://tiles.example}
 */
@ConfigurationProperties("towline.map")
public record MapSettings(
        @Nullable URI styleUrl, @DefaultValue List<String> origins) {

    /** @throws IllegalArgumentException if a URL or an origin is none, with the name of the setting */
    public MapSettings {
        origins = List.copyOf(origins);
        if (styleUrl != null && (styleUrl.getHost() == null || !Origin.isWebOrigin(Origin.of(styleUrl)))) {
            throw new IllegalArgumentException(
                    "towline.map.style-url: must be an http or https URL with a host in lower case, without the"
                            + " default port");
        }
        for (String origin : origins) {
            if (!Origin.isWebOrigin(origin)) {
                throw new IllegalArgumentException(
                        "towline.map.origins: \"%s\" is not an origin such as https://tiles.example".formatted(origin));
            }
        }
    }

    /** The origins from which the map loads what it shows, besides the service itself. */
    List<String> sources() {
        return Stream.concat(Stream.ofNullable(styleUrl).map(Origin::of), origins.stream())
                .distinct()
                .toList();
    }
}
