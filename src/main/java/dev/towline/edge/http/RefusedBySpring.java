package dev.towline.edge.http;

import dev.towline.edge.error.Refusal;
import dev.towline.problem.BadInput;
import dev.towline.problem.Problem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.invoke.ParameterMappingException;
import org.springframework.http.converter.HttpMessageNotReadableException;

/** Explains why Spring refused a well-formed HTTP request with status 400. On this service only endpoints of the actuator do that. */
final class RefusedBySpring {

    private RefusedBySpring() {}

    /**
     * The refusal with the argument at fault and the reason.
     *
     * @param handled the exception that Spring converted to the status, null if Tomcat refused the request
     * @return null for an exception of another kind
     */
    static @Nullable Refusal badRequest(@Nullable Throwable handled) {
        if (handled instanceof HttpMessageNotReadableException) {
            return Refusal.badRequest(null, "The body must be a JSON object with simple values.");
        }
        return switch (handled == null ? null : handled.getCause()) {
            case ParameterMappingException unmapped -> {
                String name = unmapped.getParameter().getName();
                String type = unmapped.getParameter().getType().getSimpleName();
                yield Refusal.badRequest(name, Problem.sentence(name, "must be of the type " + type + '.'));
            }
            case InvalidEndpointRequestException invalid -> {
                String argument = invalid.getCause() instanceof BadInput wrong ? wrong.argument() : null;
                yield Refusal.badRequest(
                        argument, Objects.requireNonNullElse(invalid.getReason(), "The request is not valid."));
            }
            case null, default -> null;
        };
    }
}
