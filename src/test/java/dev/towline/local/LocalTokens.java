package dev.towline.local;

import dev.towline.problem.BadInput;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /local/token} with {@code {"role", "subject", "tenant", "expiresInSeconds"}}, each of them optional: a token of the {@link
 * LocalIssuer} for anybody on this machine. Thread-safe.
 */
final class LocalTokens {

    static final String PATH = "/local/token";

    private static final String LIFETIME = "expiresInSeconds";
    private static final int DEFAULT_LIFETIME_SECONDS = 3_600;
    private static final int MAX_LIFETIME_SECONDS = 86_400;
    private static final int MAX_BYTES = 10_000;
    private static final Set<String> ARGUMENTS = Set.of("role", "subject", "tenant", LIFETIME);

    private final LocalIssuer issuer;

    private LocalTokens(LocalIssuer issuer) {
        this.issuer = issuer;
    }

    static RouterFunction<ServerResponse> route(LocalIssuer issuer) {
        return RouterFunctions.route(RequestPredicates.POST(PATH), new LocalTokens(issuer)::answer);
    }

    private ServerResponse answer(ServerRequest request) throws IOException {
        if (!LocalRequests.isLocal(
                name -> Credentials.combined(request.headers().header(name)),
                request.remoteAddress().orElse(null))) {
            return ServerResponse.status(HttpStatus.FORBIDDEN).build();
        }
        // A browser sends JSON to another origin only after asking, and nobody answers.
        if (!RequestPredicates.contentType(MediaType.APPLICATION_JSON).test(request)) {
            return refusal(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, new BadInput("Content-Type", "must be application/json."));
        }
        try {
            Map<?, ?> arguments = arguments(request.servletRequest());
            LocalIssuer.Token token = issuer.token(viewer(arguments), lifetime(arguments.get(LIFETIME)));
            return ServerResponse.ok()
                    .header("Cache-Control", "no-store")
                    .body(Map.of(
                            "token",
                            token.token(),
                            "expiresAt",
                            token.expiresAt().toString()));
        } catch (BadInput bad) {
            return refusal(HttpStatus.BAD_REQUEST, bad);
        }
    }

    private static ServerResponse refusal(HttpStatus status, BadInput bad) {
        return ServerResponse.status(status)
                .body(Map.of(
                        "errors",
                        List.of(Map.of(
                                "message",
                                String.valueOf(bad.getMessage()),
                                "extensions",
                                Map.of("code", "BAD_INPUT", "argument", String.valueOf(bad.argument()))))));
    }

    private static Map<?, ?> arguments(HttpServletRequest request) throws IOException {
        try {
            byte[] body = request.getInputStream().readNBytes(MAX_BYTES);
            if (JsonMapper.shared().readValue(body, Object.class) instanceof Map<?, ?> arguments) {
                for (Object name : arguments.keySet()) {
                    if (!ARGUMENTS.contains(String.valueOf(name))) {
                        throw new BadInput(String.valueOf(name), "is not an argument.");
                    }
                }
                return arguments;
            }
        } catch (JacksonException notJson) {
            // the same answer
        }
        throw new BadInput("body", "must be a JSON object.");
    }

    private static Viewer viewer(Map<?, ?> arguments) {
        Role role = LocalViewers.role("role", text("role", arguments));
        if (role == Role.GUEST) {
            throw new BadInput("role", "must not be GUEST, because a guest has a share link instead of a token.");
        }
        return new Viewer(
                role,
                LocalViewers.subject("subject", text("subject", arguments)),
                LocalViewers.tenant("tenant", text("tenant", arguments)));
    }

    private static @Nullable String text(String name, Map<?, ?> arguments) {
        Object value = arguments.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new BadInput(name, "must be a string.");
    }

    private static Duration lifetime(@Nullable Object seconds) {
        if (seconds == null) {
            return Duration.ofSeconds(DEFAULT_LIFETIME_SECONDS);
        }
        if (seconds instanceof Integer number && number >= 1 && number <= MAX_LIFETIME_SECONDS) {
            return Duration.ofSeconds(number);
        }
        throw new BadInput(LIFETIME, "must be a whole number between 1 and " + MAX_LIFETIME_SECONDS + ".");
    }
}
