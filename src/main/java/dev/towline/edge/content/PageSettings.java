package dev.towline.edge.content;

import dev.towline.edge.browser.MapSettings;
import dev.towline.edge.browser.SignInSettings;
import dev.towline.edge.browser.SignInSwitch;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the pages have to know of the settings. Everybody may read it.
 *
 * @param map what the maps show; null: what comes with the pages
 * @param provider where people sign in; null: nowhere
 * @param localTokenPath where one gets a token of whoever one chooses to be; null: nowhere
 */
record PageSettings(
        @Nullable BaseMap map,
        @Nullable Provider provider,
        @Nullable String localTokenPath) {

    /**
     * What is below the vehicles. One of the URLs is there.
     *
     * @param styleUrl a style of MapLibre
     * @param tilesUrl a template of images
     * @param pmtilesUrl an archive of images
     * @param attribution HTML about the origin of the images
     */
    record BaseMap(
            @Nullable URI styleUrl,
            @Nullable String tilesUrl,
            @Nullable URI pmtilesUrl,
            @Nullable String attribution) {

        static @Nullable BaseMap of(MapSettings map) {
            return map.styleUrl() == null && map.tilesUrl() == null && map.pmtilesUrl() == null
                    ? null
                    : new BaseMap(map.styleUrl(), map.tilesUrl(), map.pmtilesUrl(), map.attribution());
        }
    }

    /**
     * An OpenID Connect provider.
     *
     * @param scope scopes, separated by spaces
     */
    record Provider(URI authority, String clientId, String scope, Map<String, String> parameters) {}

    /** Where both are set, people sign in at the provider. */
    static PageSettings of(MapSettings map, SignInSettings signIn, @Nullable SignInSwitch local) {
        Provider provider = signIn.clientId() == null || signIn.authority() == null
                ? null
                : new Provider(
                        signIn.authority(), signIn.clientId(), String.join(" ", signIn.scopes()), signIn.parameters());
        return new PageSettings(
                BaseMap.of(map), provider, local == null || provider != null ? null : local.tokenPath());
    }
}
