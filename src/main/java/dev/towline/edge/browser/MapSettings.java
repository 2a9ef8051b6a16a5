package dev.towline.edge.browser;

import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The map of the pages: a style, tiles, or an archive. Without any of these, the pages show the map that comes with them, which needs no
 * network.
 *
 * @param styleUrl the URL of a style of MapLibre, such as {@code https://maps.example/style.json}; its sources may be PMTiles archives, such
 *     as {@code pmtiles://https://maps.example/city.pmtiles}
 * @param tilesUrl the URL of images of 256 pixels in Web Mercator, such as <code>https://tiles.example/{z}/{x}/{y}.png</code>
 * @param pmtilesUrl the URL of a PMTiles archive of such images, on a server that answers range requests. Vector tiles need a style
 * @param attribution what the map says about the origin of the tiles or of the archive, in HTML; an archive mostly says it itself
 * @param origins the other origins from which the style loads tiles, archives, sprites and glyphs, or to which the tiles or the archive are
 *     redirected, such as {@code https://tiles.example}
 * @see <a href="https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md">PMTiles, version 3</a>
 */
@ConfigurationProperties("towline.map")
public record MapSettings(
        @Nullable URI styleUrl,
        @Nullable String tilesUrl,
        @Nullable URI pmtilesUrl,
        @Nullable String attribution,
        @DefaultValue List<String> origins) {

    private static final String A_URL = "an http or https URL with a host in lower case, without the default port";

    private static final List<String> OF_A_TILE = List.of("{z}", "{x}", "{y}");

    /** @throws IllegalArgumentException if a value is not valid or contradicts another one, with the name of the setting */
    public MapSettings {
        origins = List.copyOf(origins);
        require(styleUrl == null || isWebUrl(styleUrl), "style-url", "must be " + A_URL);
        require(pmtilesUrl == null || isWebUrl(pmtilesUrl), "pmtiles-url", "must be " + A_URL);
        require(
                tilesUrl == null || areTiles(tilesUrl),
                "tiles-url",
                "must be " + A_URL + ", with {z}, {x} and {y} after the host");
        require(tilesUrl == null || styleUrl == null, "tiles-url", "must not be set if towline.map.style-url is");
        require(
                pmtilesUrl == null || (styleUrl == null && tilesUrl == null),
                "pmtiles-url",
                "must not be set if towline.map.style-url or towline.map.tiles-url is. The sources of a style may be"
                        + " archives, such as pmtiles://https://maps.example/city.pmtiles");
        require(attribution == null || !attribution.isBlank(), "attribution", "must not be blank");
        require(attribution != null || tilesUrl == null, "attribution", "must be set if towline.map.tiles-url is");
        require(
                attribution == null || tilesUrl != null || pmtilesUrl != null,
                "attribution",
                "must not be set without towline.map.tiles-url or towline.map.pmtiles-url. A style says its own");
        for (String origin : origins) {
            require(
                    Origin.isWebOrigin(origin),
                    "origins",
                    "\"%s\" is not an origin such as https://tiles.example".formatted(origin));
        }
        require(
                origins.isEmpty() || styleUrl != null || tilesUrl != null || pmtilesUrl != null,
                "origins",
                "must not be set without a map that loads from them");
    }

    /** The origins from which the map loads what it shows, besides the service itself. */
    List<String> sources() {
        Stream<URI> urls = Stream.of(
                        Stream.ofNullable(styleUrl),
                        Stream.ofNullable(tilesUrl).map(MapSettings::anyTile),
                        Stream.ofNullable(pmtilesUrl))
                .flatMap(Function.identity());
        return Stream.concat(urls.map(Origin::of), origins.stream()).distinct().toList();
    }

    private static boolean isWebUrl(URI url) {
        return url.getHost() != null && Origin.isWebOrigin(Origin.of(url));
    }

    /** A placeholder in the host would make the origin unknown. */
    private static boolean areTiles(String template) {
        if (!OF_A_TILE.stream().allMatch(template::contains)) {
            return false;
        }
        try {
            URI url = anyTile(template);
            return isWebUrl(url) && template.startsWith(Origin.of(url) + "/");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @throws IllegalArgumentException if the template is not that of a URL */
    private static URI anyTile(String template) {
        String tile = template;
        for (String part : OF_A_TILE) {
            tile = tile.replace(part, "0");
        }
        return URI.create(tile);
    }

    private static void require(boolean holds, String setting, String requirement) {
        if (!holds) {
            throw new IllegalArgumentException("towline.map." + setting + ": " + requirement);
        }
    }
}
