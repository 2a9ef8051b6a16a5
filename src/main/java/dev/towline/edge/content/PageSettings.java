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
 * @param mapStyleUrl the style of the maps; null: the one that comes with the pages
 * @param provider where people sign in; null: nowhere
 * @param localTokenPath where one gets a token of whoever one chooses to be; null: nowhere
 */
record PageSettings(
        @Nullable URI mapStyleUrl,
        @Nullable Provider provider,
        @Nullable String localTokenPath) {

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
        return new PageSettings(map.styleUrl(), provider, local == null || provider != null ? null : local.tokenPath());
    }
}
