package dev.towline.edge.http;

import dev.towline.edge.browser.SecurityHeaders;
import dev.towline.edge.error.CorrelationId;
import dev.towline.edge.error.ErrorLog;
import dev.towline.edge.error.LimitMetrics;
import dev.towline.edge.error.ProblemErrors;
import dev.towline.edge.error.Refusal;
import dev.towline.problem.Limit;
import dev.towline.problem.Unavailable;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.DispatcherServlet;
import tools.jackson.databind.json.JsonMapper;

/** Replaces the error pages of Tomcat and Spring by answers with a GraphQL error. Answers in JSON are not changed. Thread-safe. */
final class ErrorReport extends ErrorReportValve {

    private static final String TOO_LARGE =
            StringManager.getManager("org.apache.coyote.http11").getString("iib.requestheadertoolarge.error");

    private final JsonMapper json;
    private final String graphQlPath;
    private final LimitMetrics limits;

    /** @param graphQlPath the path of GraphQL */
    ErrorReport(JsonMapper json, String graphQlPath, LimitMetrics limits) {
        this.json = json;
        this.graphQlPath = graphQlPath;
        this.limits = limits;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        correctAllow(request, response);
        boolean isReported = !response.setErrorReported();
        if (response.getStatus() < 400 || (isReported && isJson(response.getContentType()))) {
            return;
        }
        AtomicBoolean open = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, open);
        if (!open.get()) {
            return;
        }
        HttpStatus status = status(request, response.getStatus(), failure);
        try {
            response.resetBuffer();
            // A request that Tomcat refuses does not reach the filter.
            SecurityHeaders.apply(response, request.isSecure());
            write(request, response, status, failure != null ? failure : handled(request));
        } catch (IOException gone) {
            // The client has gone.
        }
    }

    private void write(Request request, Response response, HttpStatus status, @Nullable Throwable failure)
            throws IOException {
        CorrelationId id = CorrelationId.random();
        List<GraphQLError> errors = ErrorLog.record(List.of(error(request, status, failure, id)), id);
        limits.count(errors);
        byte[] body = json.writeValueAsBytes(
                ExecutionResult.newExecutionResult().errors(errors).build().toSpecification());
        response.setStatus(status.value());
        response.setContentType(form(request) + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.finishResponse();
    }

    /** The exception that Spring converted to the status. */
    private static @Nullable Throwable handled(Request request) {
        return request.getAttribute(DispatcherServlet.EXCEPTION_ATTRIBUTE) instanceof Throwable handled
                ? handled
                : null;
    }

    /** The media type by the {@code Accept} header on the path of GraphQL, and JSON elsewhere. */
    private MediaType form(Request request) {
        if (!graphQlPath.equals(request.getDecodedRequestURI())) {
            return Accept.JSON;
        }
        try {
            return Accept.of(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)))
                    .wholeOrJson();
        } catch (Refusal none) {
            return Accept.JSON;
        }
    }

    private static HttpStatus status(Request request, int status, @Nullable Throwable failure) {
        if (status != HttpStatus.BAD_REQUEST.value() || failure == null) {
            HttpStatus known = HttpStatus.resolve(status);
            return known == null ? HttpStatus.valueOf(status < 500 ? 400 : 500) : known;
        }
        if (TOO_LARGE.equals(failure.getMessage())) {
            boolean inTarget = request.getCoyoteRequest().requestURI().isNull();
            return inTarget ? HttpStatus.URI_TOO_LONG : HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
        }
        return isTooMany(failure) ? HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE : HttpStatus.BAD_REQUEST;
    }

    /** Whether there are too many headers. Tomcat throws an IllegalStateException itself for nothing else. */
    private static boolean isTooMany(@Nullable Throwable failure) {
        return failure != null && failure.getClass().equals(IllegalStateException.class);
    }

    private static GraphQLError error(
            Request request, HttpStatus status, @Nullable Throwable failure, CorrelationId id) {
        return switch (status) {
            case SERVICE_UNAVAILABLE ->
                ProblemErrors.of(
                        new Unavailable("The service is starting or stopping. Try again in a moment.", null), null);
            case INTERNAL_SERVER_ERROR ->
                ProblemErrors.internal(failure == null ? new IllegalStateException("unknown cause") : failure, id);
            case BAD_REQUEST -> {
                Refusal refusal = RefusedBySpring.badRequest(failure);
                yield (refusal != null ? refusal : new Refusal(status, null, message(status))).error();
            }
            case URI_TOO_LONG, REQUEST_HEADER_FIELDS_TOO_LARGE, REQUEST_TIMEOUT ->
                exceeding(status, failure, protocol(request)).error();
            default -> new Refusal(status, null, message(status)).error();
        };
    }

    /** The answer to a request that exceeds a limit of Tomcat. */
    private static Refusal exceeding(HttpStatus status, @Nullable Throwable failure, AbstractHttp11Protocol<?> tomcat) {
        if (status == HttpStatus.REQUEST_TIMEOUT) {
            int mostMs = tomcat.getConnectionTimeout();
            return new Refusal(status, null, "The next byte of the request must come within " + mostMs + " ms.")
                    .exceeding(new Limit("connectionTimeout", mostMs));
        }
        if (isTooMany(failure)) {
            int most = tomcat.getMaxHeaderCount();
            return new Refusal(status, null, "The request must have at most " + most + " headers.")
                    .exceeding(new Limit("headers", most));
        }
        int mostBytes = tomcat.getMaxHttpRequestHeaderSize();
        String advice = status == HttpStatus.URI_TOO_LONG ? " Send the query by POST." : "";
        String message = "The URL and the headers must have at most " + mostBytes + " bytes together." + advice;
        return new Refusal(status, null, message).exceeding(new Limit("headerBytes", mostBytes));
    }

    private static AbstractHttp11Protocol<?> protocol(Request request) {
        return (AbstractHttp11Protocol<?>) request.getConnector().getProtocolHandler();
    }

    private static String message(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "The request line, a header or the framing of the body is not valid.";
            case FORBIDDEN -> "Requests from pages of this origin are not allowed.";
            case NOT_FOUND -> "This path does not exist.";
            case METHOD_NOT_ALLOWED -> "This path does not support this method.";
            case UNSUPPORTED_MEDIA_TYPE -> "The `Content-Type` header is not a supported media type.";
            case UPGRADE_REQUIRED -> "A WebSocket must have version 13.";
            default -> status.getReasonPhrase() + ".";
        };
    }

    /**
     * Corrects the {@code Allow} header. For TRACE and CORS preflight requests, Tomcat and Spring list all methods that they know. A path
     * of the actuator lists its own methods without HEAD and OPTIONS.
     */
    private void correctAllow(Request request, Response response) {
        String allow = response.getHeader(HttpHeaders.ALLOW);
        if (allow == null) {
            return;
        }
        boolean isTooLong = allow.contains("PUT");
        if (graphQlPath.equals(request.getDecodedRequestURI()) || (!isTooLong && allow.contains("POST"))) {
            response.setHeader(HttpHeaders.ALLOW, GraphQlHttp.ALLOW);
        } else if (isTooLong || allow.equals("GET")) {
            response.setHeader(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS");
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        try {
            MediaType type = MediaType.parseMediaType(contentType == null ? "" : contentType);
            return type.getSubtype().equals("json") || type.getSubtype().endsWith("+json");
        } catch (InvalidMediaTypeException none) {
            return false;
        }
    }
}
