package dev.towline.authentication;

/** Stops the start of a service that would refuse everybody. */
final class NobodyCanLogIn extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NobodyCanLogIn() {
        super("Towline knows no issuer of tokens, no API key and no role for unauthenticated requests, so it would"
                + " refuse everybody.");
    }

    String remedy() {
        return """
            Set one of these:
              towline.token.issuer and towline.token.audience: users have tokens of an OpenID Connect provider
              towline.api-keys: machines have API keys
              towline.viewer.unauthenticated-role: everybody who can reach the service has this role\
            """;
    }
}
