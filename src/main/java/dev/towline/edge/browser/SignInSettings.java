package dev.towline.edge.browser;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people sign in on the pages: at an OpenID Connect provider, by the authorization code flow with PKCE.
 *
 * @param clientId the id under which the provider knows the pages, a public client; if absent, nobody signs in on the pages
 * @param authority the URL of the provider; its metadata is at {@code /.well-known/openid-configuration} below it. By default the issuer of
 *     the tokens
 * @param scopes what the pages ask for. With {@code offline_access} most providers give a refresh token, with which the pages renew the
 *     access token
 * @param parameters what else the pages send to the authorization endpoint, such as {@code audience}
 * @param origins the other origins where the metadata says that the provider's endpoints are, such as {@code https://auth.example}
 */
@ConfigurationProperties("towline.sign-in")
public record SignInSettings(
        @Nullable String clientId,
        @Nullable URI authority,
        @DefaultValue({"openid", "offline_access"}) List<String> scopes,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue List<String> origins) {

    /** @throws IllegalArgumentException if a value is not valid, with the name of the setting */
    public SignInSettings {
        scopes = List.copyOf(scopes);
        parameters = Map.copyOf(parameters);
        origins = List.copyOf(origins);
        require(clientId == null || !clientId.isBlank(), "client-id", "must not be blank");
        require(
                clientId == null || authority != null,
                "authority",
                "must be set if towline.sign-in.client-id is, unless towline.token.issuer is");
        require(
                clientId == null
                        || authority == null
                        || (authority.getHost() != null && Origin.isWebOrigin(Origin.of(authority))),
                "authority",
                "must be an http or https URL with a host in lower case, without the default port");
        require(scopes.contains("openid"), "scopes", "must have openid");
        for (String origin : origins) {
            require(
                    Origin.isWebOrigin(origin),
                    "origins",
                    "\"%s\" is not an origin such as https://auth.example".formatted(origin));
        }
    }

    /** The origins from which the pages get tokens, besides the service itself. */
    List<String> sources() {
        return clientId == null
                ? List.of()
                : Stream.concat(Stream.ofNullable(authority).map(Origin::of), origins.stream())
                        .distinct()
                        .toList();
    }

    private static void require(boolean holds, String setting, String requirement) {
        if (!holds) {
            throw new IllegalArgumentException("towline.sign-in." + setting + ": " + requirement);
        }
    }
}
