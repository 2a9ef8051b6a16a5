package dev.towline.edge.http;

import dev.towline.edge.AllowedOperations;
import dev.towline.edge.answer.AnswerMemory;
import dev.towline.edge.answer.Arrival;
import dev.towline.edge.answer.WholeAnswer;
import dev.towline.edge.error.CorrelationId;
import dev.towline.edge.error.Correlations;
import dev.towline.edge.error.ErrorLog;
import dev.towline.edge.error.LimitMetrics;
import dev.towline.edge.error.ProblemErrors;
import dev.towline.edge.error.Refusal;
import dev.towline.edge.error.Refused;
import dev.towline.edge.error.TemporaryFailure;
import dev.towline.edge.rate.RateReport;
import dev.towline.problem.RateLimited;
import dev.towline.problem.Unavailable;
import dev.towline.rate.Rates;
import dev.towline.viewer.Authentication;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import org.springframework.graphql.GraphQlRequest;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * GraphQL over HTTP. It answers with one body or with an event stream. Blocks a virtual thread for the time of the request, which for a
 * stream may be hours. Thread-safe.
 *
 * @see <a href="https://http-spec.graphql.org/September2026/">GraphQL over HTTP, September 2026</a>
 */
@Component
class GraphQlHttp {

    /** The supported methods. */
    static final String ALLOW = "GET, HEAD, POST, OPTIONS";

    private final WebGraphQlHandler graphQl;
    private final RequestReader reader;
    private final EventStreams streams;
    private final StreamedAnswers streamed;
    private final Correlations correlations;
    private final JsonMapper json;
    private final Rates rates;
    private final LimitMetrics limits;
    private final AnswerMemory memory;

    GraphQlHttp(
            WebGraphQlHandler graphQl,
            RequestReader reader,
            EventStreams streams,
            StreamedAnswers streamed,
            Correlations correlations,
            JsonMapper json,
            Rates rates,
            LimitMetrics limits,
            AnswerMemory memory) {
        this.memory = memory;
        this.limits = limits;
        this.graphQl = graphQl;
        this.reader = reader;
        this.streams = streams;
        this.streamed = streamed;
        this.correlations = correlations;
        this.json = json;
        this.rates = rates;
    }

    /** Answers a request. Never throws. */
    ServerResponse answer(ServerRequest request) {
        RateReport report = RateReport.begunIn(
                request.attributes(),
                () -> rates.ofAddress(request.remoteAddress().orElse(null)));
        Accept accept = Accept.JSON_ONLY;
        try {
            if (request.method().equals(HttpMethod.OPTIONS)) {
                report.require();
                return ServerResponse.ok()
                        .headers(report::applyTo)
                        .header(HttpHeaders.ALLOW, ALLOW)
                        .build();
            }
            try {
                accept = Accept.of(request.headers().asHttpHeaders().getOrEmpty(HttpHeaders.ACCEPT));
            } finally {
                // Also a request that accepts nothing counts. If it is one too many, that is the answer.
                report.require();
            }
            return read(request, accept, report);
        } catch (Refusal refusal) {
            return failed(refusal.error(), correlations.current(), accept, report);
        } catch (RateLimited limited) {
            return failed(ProblemErrors.of(limited, null), correlations.current(), accept, report);
        } catch (Unavailable full) {
            return failed(ProblemErrors.refused(full), correlations.current(), accept, report);
        } catch (RuntimeException failure) {
            CorrelationId id = correlations.current();
            return failed(ProblemErrors.internal(failure, id), id, accept, report);
        }
    }

    private ServerResponse read(ServerRequest request, Accept accept, RateReport report) {
        AnswerMemory.Asking asking = memory.asking(
                new Arrival(
                        request.method(),
                        accept.wholeOrJson().toString(),
                        request.headers().asHttpHeaders(),
                        request.remoteAddress().orElse(null),
                        request.attributes()),
                !accept.streamFirst());
        WholeAnswer known;
        GraphQlRequest body = null;
        try (RequestReader.Received received = reader.receive(request)) {
            boolean isKnown = asking.isKnown(received.bytes());
            known = isKnown ? asking.answer() : null;
            if (known == null) {
                body = received.parse();
                known = isKnown ? null : asking.answer(body);
            }
        }
        if (known == null) {
            WebGraphQlResponse executed = execute(request, Objects.requireNonNull(body), accept, asking);
            return answer(request, executed, accept, report, asking);
        }
        asking.record();
        return sent(
                HttpStatus.OK,
                known,
                HttpCachePolicy.ofQuery(request.method()),
                answer -> answer.headers(report::applyTo),
                asking::learn);
    }

    private WebGraphQlResponse execute(
            ServerRequest request, GraphQlRequest body, Accept accept, AnswerMemory.Asking asking) {
        WebGraphQlRequest query = new WebGraphQlRequest(
                // Without the query string of the URL: RequestReader has read it, and Spring rejects unencoded
                // characters.
                URI.create(request.servletRequest().getRequestURL().toString()),
                request.headers().asHttpHeaders(),
                null,
                request.remoteAddress().orElse(null),
                request.attributes(),
                body,
                request.servletRequest().getRequestId(),
                null);
        AllowedOperations allowed = new AllowedOperations(request.method(), accept.stream());
        query.configureExecutionInput(
                (input, builder) -> builder.graphQLContext(Map.of(AllowedOperations.class, allowed))
                        .graphQLContext(asking.context())
                        .build());
        return Objects.requireNonNull(graphQl.handleRequest(query).block());
    }

    private ServerResponse answer(
            ServerRequest request,
            WebGraphQlResponse response,
            Accept accept,
            RateReport report,
            AnswerMemory.Asking asking) {
        ExecutionResult result = response.getExecutionResult();
        Consumer<HttpHeaders> headers = more -> {
            more.addAll(response.getResponseHeaders());
            report.applyTo(more);
        };
        if (result.isDataPresent() && result.getData() instanceof Publisher<?> results) {
            Authentication authentication =
                    response.getExecutionInput().getGraphQLContext().get(Authentication.class);
            EventStreams.Place place = streams.open(
                    request.remoteAddress().orElse(null), authentication == null ? null : authentication.viewer());
            Mono<Void> end = authentication == null ? Mono.never() : authentication.end();
            return streamed.answer(Flux.from(results).cast(ExecutionResult.class), end, place, headers);
        }
        HttpCachePolicy caching =
                HttpCachePolicy.of(request.method(), request.headers().asHttpHeaders(), response);
        return answer(result, accept, caching, headers, whole -> asking.executed(response, whole));
    }

    private ServerResponse failed(GraphQLError error, CorrelationId id, Accept accept, RateReport report) {
        List<GraphQLError> errors = ErrorLog.record(List.of(error), id);
        limits.count(errors);
        ExecutionResult result =
                ExecutionResult.newExecutionResult().errors(errors).build();
        return answer(result, accept, HttpCachePolicy.NEVER, report::applyTo, _ -> {});
    }

    private ServerResponse answer(
            ExecutionResult result,
            Accept accept,
            HttpCachePolicy caching,
            Consumer<HttpHeaders> headers,
            Consumer<WholeAnswer> listener) {
        return accept.streamFirst() && !isRefusedByHttp(result)
                ? streamed.answer(Flux.just(result), Mono.never(), EventStreams.Place.NONE, headers)
                : whole(result, accept.wholeOrJson(), caching, headers, listener);
    }

    private static boolean isRefusedByHttp(ExecutionResult result) {
        return !result.isDataPresent()
                && result.getErrors().stream()
                        .anyMatch(error -> error.getErrorType() instanceof Refused refused && refused.isByHttp());
    }

    private ServerResponse whole(
            ExecutionResult result,
            MediaType form,
            HttpCachePolicy caching,
            Consumer<HttpHeaders> headers,
            Consumer<WholeAnswer> listener) {
        HttpStatusCode status = Statuses.of(result, form);
        WholeAnswer whole = new WholeAnswer(form, json.writeValueAsBytes(result.toSpecification()));
        listener.accept(whole);
        return sent(
                status,
                whole,
                caching,
                answer -> {
                    answer.headers(headers);
                    if (status == HttpStatus.METHOD_NOT_ALLOWED) {
                        answer.header(HttpHeaders.ALLOW, ALLOW);
                    }
                    if (status == HttpStatus.UNAUTHORIZED) {
                        // RFC 9110, 15.5.2 requires a challenge, and this is the only kind of credential that has one.
                        answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                    }
                    if (status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS) {
                        TemporaryFailure.retryAfterSeconds(result.getErrors())
                                .ifPresent(
                                        seconds -> answer.header(HttpHeaders.RETRY_AFTER, Integer.toString(seconds)));
                    }
                },
                (_, _) -> {});
    }

    private static ServerResponse sent(
            HttpStatusCode status,
            WholeAnswer whole,
            HttpCachePolicy caching,
            Consumer<ServerResponse.BodyBuilder> headers,
            BiConsumer<HttpServletRequest, HttpServletResponse> listener) {
        ServerResponse.BodyBuilder answer = ServerResponse.status(status)
                .contentType(new MediaType(whole.form(), StandardCharsets.UTF_8))
                .headers(caching::applyTo);
        headers.accept(answer);
        if (caching == HttpCachePolicy.BY_TAG) {
            answer.eTag(whole.tag());
        }
        return answer.build((request, response) -> {
            listener.accept(request, response);
            // Spring compares the tags in If-None-Match, but does not support *.
            if (caching == HttpCachePolicy.BY_TAG && "*".equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
                response.setStatus(HttpStatus.NOT_MODIFIED.value());
                return null;
            }
            whole.content().write(request, response);
            return null;
        });
    }
}
