package dev.towline.edge.upload;

import dev.towline.audit.Actor;
import dev.towline.audit.AuditLog;
import dev.towline.edge.Admission;
import dev.towline.edge.Admissions;
import dev.towline.edge.error.CorrelationId;
import dev.towline.edge.error.Correlations;
import dev.towline.edge.error.ErrorLog;
import dev.towline.edge.error.LimitMetrics;
import dev.towline.edge.error.ProblemErrors;
import dev.towline.edge.error.Refusal;
import dev.towline.edge.error.Refused;
import dev.towline.edge.error.TemporaryFailure;
import dev.towline.edge.rate.RateReport;
import dev.towline.problem.Forbidden;
import dev.towline.problem.Problem;
import dev.towline.problem.ProblemCode;
import dev.towline.rate.Rates;
import dev.towline.upload.RowFormat;
import dev.towline.upload.UploadSettings;
import dev.towline.upload.UploadTooLarge;
import dev.towline.upload.Uploads;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/**
 * Receives a file from an OPERATOR, and answers the id under which a mutation finds it. The viewer is known and the request is counted before
 * the body is read. Errors have the same form as those of GraphQL. Blocks a virtual thread while the file arrives. Thread-safe.
 */
@Component
class UploadHttp {

    private static final String ACTION = "upload";
    private static final MediaType JSON = new MediaType(MediaType.APPLICATION_JSON, StandardCharsets.UTF_8);

    private final Uploads uploads;
    private final UploadSettings settings;
    private final Admissions admissions;
    private final Rates rates;
    private final AuditLog audit;
    private final Correlations correlations;
    private final LimitMetrics limits;
    private final JsonMapper json;
    private final InstantSource clock;

    UploadHttp(
            Uploads uploads,
            UploadSettings settings,
            Admissions admissions,
            Rates rates,
            AuditLog audit,
            Correlations correlations,
            LimitMetrics limits,
            JsonMapper json,
            InstantSource clock) {
        this.uploads = uploads;
        this.settings = settings;
        this.admissions = admissions;
        this.rates = rates;
        this.audit = audit;
        this.correlations = correlations;
        this.limits = limits;
        this.json = json;
        this.clock = clock;
    }

    /** Answers a request. Never throws. */
    ServerResponse answer(ServerRequest request) {
        InetSocketAddress remote = request.remoteAddress().orElse(null);
        RateReport report = RateReport.begunIn(request.attributes(), () -> rates.ofAddress(remote));
        try {
            report.require();
            Admission admission = admissions.once(request.headers().asHttpHeaders(), remote, request.attributes());
            Viewer viewer = admission.authentication().viewer();
            Actor actor = Actor.of(viewer, remote);
            if (viewer.role() != Role.OPERATOR) {
                audit.refused(actor, ACTION, ProblemCode.FORBIDDEN.name());
                throw new Forbidden("Only an OPERATOR may send files.");
            }
            return received(viewer, actor, request, report);
        } catch (Refusal refusal) {
            return failed(refusal.error(), report);
        } catch (Problem problem) {
            return failed(ProblemErrors.of(problem, null), report);
        } catch (RuntimeException failure) {
            return failed(ProblemErrors.internal(failure, correlations.current()), report);
        }
    }

    private ServerResponse received(Viewer viewer, Actor actor, ServerRequest request, RateReport report) {
        RowFormat format = format(request);
        boolean isGzip = isGzip(request);
        try (InputStream in = request.servletRequest().getInputStream()) {
            InputStream body = new TimedBody(in, settings.timeout(), clock);
            Uploads.Received received =
                    uploads.receive(viewer.tenant(), format, isGzip ? new GZIPInputStream(body) : body);
            audit.done(
                    actor,
                    ACTION,
                    received.upload().id(),
                    received.upload().bytes() + " bytes, " + received.upload().rows() + " rows");
            return answer(received, report);
        } catch (UploadTooLarge large) {
            throw new Refusal(HttpStatus.CONTENT_TOO_LARGE, null, String.valueOf(large.getMessage()))
                    .exceeding(large.limit());
        } catch (IOException unread) {
            throw NestedExceptionUtils.getMostSpecificCause(unread) instanceof SocketTimeoutException
                    ? new Refusal(HttpStatus.REQUEST_TIMEOUT, null, "The file must arrive in time.")
                    : Refusal.badRequest(
                            null, isGzip ? "The body is not whole or not gzip." : "The body cannot be read.");
        }
    }

    private ServerResponse answer(Uploads.Received received, RateReport report) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("uploadId", received.upload().id());
        body.put("format", received.upload().format().name());
        body.put("bytes", received.upload().bytes());
        body.put("rows", received.upload().rows());
        body.put("newParts", received.newParts());
        return sent(received.isKnown() ? HttpStatus.OK : HttpStatus.CREATED, body, null, report);
    }

    private static RowFormat format(ServerRequest request) {
        MediaType type;
        try {
            type = request.headers().contentType().orElse(null);
        } catch (InvalidMediaTypeException malformed) {
            type = null;
        }
        if (type != null && isUtf8(type)) {
            RowFormat format = RowFormat.ofMediaType(type.getType() + '/' + type.getSubtype())
                    .orElse(null);
            if (format != null) {
                return format;
            }
        }
        throw new Refusal(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                null,
                "The `Content-Type` must be text/csv or application/x-ndjson, in UTF-8.");
    }

    private static boolean isUtf8(MediaType type) {
        try {
            Charset charset = type.getCharset();
            return charset == null || charset.equals(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    private static boolean isGzip(ServerRequest request) {
        List<String> codings = request.headers().asHttpHeaders().getValuesAsList(HttpHeaders.CONTENT_ENCODING).stream()
                .filter(coding -> !coding.equalsIgnoreCase("identity"))
                .toList();
        if (codings.isEmpty()) {
            return false;
        }
        if (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("gzip")) {
            return true;
        }
        throw new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, null, "The `Content-Encoding` must be gzip or absent.");
    }

    private ServerResponse failed(GraphQLError error, RateReport report) {
        CorrelationId id = correlations.current();
        List<GraphQLError> errors = ErrorLog.record(List.of(error), id);
        limits.count(errors);
        Map<String, Object> body =
                ExecutionResult.newExecutionResult().errors(errors).build().toSpecification();
        return sent(status(error), body, errors, report);
    }

    private ServerResponse sent(
            HttpStatus status, Map<String, Object> body, @Nullable List<GraphQLError> errors, RateReport report) {
        ServerResponse.BodyBuilder answer = ServerResponse.status(status)
                .contentType(JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .headers(report::applyTo);
        if (status == HttpStatus.UNAUTHORIZED) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (errors != null) {
            TemporaryFailure.retryAfterSeconds(errors)
                    .ifPresent(seconds -> answer.header(HttpHeaders.RETRY_AFTER, Integer.toString(seconds)));
        }
        byte[] bytes = json.writeValueAsBytes(body);
        return answer.build((_, response) -> {
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
            return null;
        });
    }

    private static HttpStatus status(GraphQLError error) {
        if (error.getErrorType() instanceof Refused refused) {
            return refused.status();
        }
        Map<String, Object> extensions = error.getExtensions() == null ? Map.of() : error.getExtensions();
        return switch (ProblemCode.valueOf(String.valueOf(extensions.get("code")))) {
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case RATE_LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
            default -> HttpStatus.UNPROCESSABLE_CONTENT;
        };
    }
}
