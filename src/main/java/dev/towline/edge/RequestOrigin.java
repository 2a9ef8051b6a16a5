package dev.towline.edge;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Puts the origin to which the request was sent, such as {@code https://towline.example}, into the context of the resolvers as {@code origin}.
 * Behind a proxy it is right only with {@code server.forward-headers-strategy}. Thread-safe, does not block.
 */
@Component
@Order(1)
final class RequestOrigin implements WebGraphQlInterceptor {

    private static final String ORIGIN = "origin";

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        String origin = origin(request.getUri().toUri());
        if (origin != null) {
            request.configureExecutionInput((input, builder) ->
                    builder.graphQLContext(Map.of(ORIGIN, origin)).build());
        }
        return chain.next(request);
    }

    private static @Nullable String origin(URI uri) {
        if (uri.getScheme() == null || uri.getRawAuthority() == null) {
            return null;
        }
        boolean isSecure = uri.getScheme().equals("https") || uri.getScheme().equals("wss");
        return (isSecure ? "https://" : "http://") + uri.getRawAuthority();
    }
}
