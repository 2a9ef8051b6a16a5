package dev.towline.edge.actuator;

import dev.towline.audit.Actor;
import dev.towline.audit.AuditLog;
import dev.towline.edge.error.Correlations;
import dev.towline.edge.error.ErrorLog;
import dev.towline.edge.error.ProblemErrors;
import dev.towline.problem.Forbidden;
import dev.towline.problem.Problem;
import dev.towline.problem.ProblemCode;
import dev.towline.problem.RateLimited;
import dev.towline.problem.Unauthenticated;
import dev.towline.rate.RateCheck;
import dev.towline.rate.Rates;
import dev.towline.viewer.Authenticator;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets everybody use the health of the actuator, and only some roles everything else. It looks at the handler that Spring has found and not
 * at the URL, so no spelling of a URL gets around it, on whatever port. May block a virtual thread. Thread-safe.
 */
final class ActuatorGuard implements HandlerInterceptor {

    /** The name of the request attribute that has the {@link Actor} for an endpoint. */
    static final String ACTOR = Actor.class.getName();

    private static final String HANDLERS = "org.springframework.boot.webmvc.actuate.endpoint.web.";
    private static final String ACTION = "actuator";

    private final Authenticator authenticator;
    private final Set<Role> roles;
    private final Supplier<Paths> paths;
    private final AuditLog audit;
    private final Correlations correlations;
    private final JsonMapper json;
    private final Rates rates;

    /**
     * The paths of the actuator.
     *
     * @param base the path of all endpoints. Spring can give health other paths, which are not under it
     * @param health the path of health
     * @param healthGroups the groups of health, which have a path for each part
     */
    record Paths(String base, String health, Set<String> healthGroups) {

        /** Whether the path can exist within health. For others Spring Boot would fail and log a stack trace, on a public path. */
        boolean canExist(String pattern, String path) {
            List<String> parts = List.of(path.split("/", -1));
            int first = health.split("/", -1).length;
            return !isUnder(health, pattern) || parts.size() <= first + 1 || healthGroups.contains(parts.get(first));
        }

        boolean isProtected(String pattern) {
            return isUnder(base, pattern) && !isUnder(health, pattern);
        }

        private static boolean isUnder(String path, String pattern) {
            return pattern.equals(path) || pattern.startsWith(path.endsWith("/") ? path : path + '/');
        }
    }

    ActuatorGuard(
            Authenticator authenticator,
            Set<Role> roles,
            Supplier<Paths> paths,
            AuditLog audit,
            Correlations correlations,
            JsonMapper json,
            Rates rates) {
        this.authenticator = authenticator;
        this.roles = roles;
        this.paths = paths;
        this.audit = audit;
        this.correlations = correlations;
        this.json = json;
        this.rates = rates;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        String pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        if (!isActuator(handler)) {
            return true;
        }
        if (!paths.get().isProtected(pattern)) {
            String path = String.valueOf(request.getAttribute(HandlerMapping.PATH_WITHIN_HANDLER_MAPPING_ATTRIBUTE));
            if (paths.get().canExist(pattern, path)) {
                return true;
            }
            response.sendError(HttpStatus.NOT_FOUND.value());
            return false;
        }
        InetSocketAddress remote = new InetSocketAddress(request.getRemoteAddr(), request.getRemotePort());
        Rates.Attempt attempt = rates.attempt(remote);
        try {
            RateCheck check = rates.ofAddress(remote);
            if (check != null) {
                check.require();
            }
            Viewer viewer = authenticator
                    .authenticate(credentials(request, remote, attempt))
                    .viewer();
            if (roles.contains(viewer.role())) {
                request.setAttribute(ACTOR, Actor.of(viewer, remote));
                return true;
            }
            audit.refused(Actor.of(viewer, remote), ACTION, pattern, "the role may not use it");
            refuse(response, new Forbidden("This role may not use the actuator."));
        } catch (RateLimited limited) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(limited.retryAfter().toSeconds()));
            refuse(response, limited);
        } catch (Problem problem) {
            if (problem instanceof Unauthenticated) {
                attempt.refused();
            }
            audit.refused(
                    Actor.of(null, remote), ACTION, pattern, problem.code().name());
            refuse(response, problem);
        }
        return false;
    }

    private static Credentials credentials(
            HttpServletRequest request, InetSocketAddress remote, Rates.Attempt attempt) {
        Credentials.Values headers = name -> Credentials.combined(Collections.list(request.getHeaders(name)));
        return new Credentials(headers, headers, remote, attempt::requireMayTry);
    }

    private static boolean isActuator(Object handler) {
        return handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(HANDLERS);
    }

    private void refuse(HttpServletResponse response, Problem problem) throws IOException {
        List<GraphQLError> errors = ErrorLog.record(List.of(ProblemErrors.of(problem, null)), correlations.current());
        byte[] body = json.writeValueAsBytes(
                ExecutionResult.newExecutionResult().errors(errors).build().toSpecification());
        HttpStatus status = status(problem.code());
        response.setStatus(status.value());
        response.setContentType(new MediaType(MediaType.APPLICATION_JSON, StandardCharsets.UTF_8).toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (status == HttpStatus.UNAUTHORIZED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static HttpStatus status(ProblemCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case RATE_LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            default -> HttpStatus.BAD_REQUEST;
        };
    }
}
