package dev.towline.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.edge.RetryTimes;
import dev.towline.edge.answer.NoAnswers;
import dev.towline.edge.content.BodyBudget;
import dev.towline.edge.document.SomeDocuments;
import dev.towline.edge.error.AnsweringService;
import dev.towline.edge.error.Correlations;
import dev.towline.edge.error.LimitMetrics;
import dev.towline.edge.error.ProblemErrors;
import dev.towline.problem.Forbidden;
import dev.towline.problem.Problem;
import dev.towline.problem.Unavailable;
import dev.towline.rate.RateSettings;
import dev.towline.rate.TestRates;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.ServletOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.graphql.ExecutionGraphQlService;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP headers that ask a client to retry, and streams that end with their credentials. */
@Timeout(20)
class GraphQlHttpTests {

    private static final Viewer VIEWER = new Viewer(Role.CALLER, "carl", new Tenant("acme"));

    private static final HttpSettings SETTINGS = new HttpSettings(
            DataSize.ofKilobytes(64), Duration.ofSeconds(30), Duration.ofSeconds(1), DataSize.ofKilobytes(64));

    private static final RateSettings LIMITS = TestRates.settings(Map.of("viewer-streams", 2));

    @Test
    void hasRetryAfterWithStatus503() throws Exception {
        List<GraphQLError> errors = errors(unavailable(), unavailable(), unavailable());
        ServerResponse answer = answer(errors, MediaType.APPLICATION_GRAPHQL_RESPONSE);

        assertThat(answer.statusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        int latest = errors.stream()
                .mapToInt(error -> Integer.parseInt(
                        String.valueOf(AnsweringService.extensions(error).get("retryAfterSeconds"))))
                .max()
                .orElseThrow();
        assertThat(answer.headers().get(HttpHeaders.RETRY_AFTER)).containsExactly(Integer.toString(latest));
    }

    @Test
    void hasNoRetryAfterWithOtherStatuses() throws Exception {
        assertThat(answer(errors(unavailable()), MediaType.APPLICATION_JSON)
                        .headers()
                        .headerNames())
                .doesNotContain(HttpHeaders.RETRY_AFTER);
        assertThat(answer(errors(new Forbidden("No.")), MediaType.APPLICATION_GRAPHQL_RESPONSE)
                        .headers()
                        .headerNames())
                .doesNotContain(HttpHeaders.RETRY_AFTER);
    }

    @Test
    void endsAStreamWithItsCredentials() throws Exception {
        Sinks.Empty<Void> end = Sinks.empty();
        AtomicBoolean left = new AtomicBoolean();
        Flux<ExecutionResult> results = Flux.<ExecutionResult>never()
                .doOnSubscribe(_ -> end.tryEmitEmpty().orThrow())
                .doOnCancel(() -> left.set(true));

        String body = written(results, new Authentication(VIEWER, end.asMono()));

        assertThat(body)
                .startsWith("event: next\ndata: {\"errors\":[{\"message\":\"The request has no valid credentials.\"")
                .contains("\"code\":\"UNAUTHENTICATED\"", "\"correlationId\":")
                .endsWith("\n\nevent: complete\ndata: {}\n\n");
        assertThat(left).isTrue();
    }

    @Test
    void forgetsTheCredentialsOfAStreamThatHasEnded() throws Exception {
        AtomicBoolean forgotten = new AtomicBoolean();
        Mono<Void> end = Mono.<Void>never().doOnCancel(() -> forgotten.set(true));

        assertThat(written(Flux.empty(), new Authentication(VIEWER, end))).isEqualTo("event: complete\ndata: {}\n\n");
        assertThat(forgotten).isTrue();
    }

    @Test
    void givesBackThePlaceOfAStreamThatCannotBeWritten() {
        GraphQlHttp http = streaming(Flux.never(), Authentication.forever(VIEWER));
        MockHttpServletResponse broken = new MockHttpServletResponse() {
            @Override
            public ServletOutputStream getOutputStream() {
                throw new IllegalStateException("broken");
            }
        };
        for (int i = 0; i < 2 * LIMITS.viewerStreams(); i++) {
            MockHttpServletRequest request = request(MediaType.TEXT_EVENT_STREAM);
            ServerResponse answer = http.answer(ServerRequest.create(request, List.of()));
            assertThat(answer.statusCode()).as("answer %d", i).isEqualTo(HttpStatus.OK);
            assertThatThrownBy(() -> answer.writeTo(request, broken, List::of)).hasRootCauseMessage("broken");
        }
    }

    private static String written(Flux<ExecutionResult> results, Authentication authentication) throws Exception {
        GraphQlHttp http = streaming(results, authentication);
        MockHttpServletRequest request = request(MediaType.TEXT_EVENT_STREAM);
        MockHttpServletResponse response = new MockHttpServletResponse();
        http.answer(ServerRequest.create(request, List.of())).writeTo(request, response, List::of);
        return response.getContentAsString();
    }

    private static GraphQlHttp streaming(Flux<ExecutionResult> results, Authentication authentication) {
        return http(request -> {
            request.configureExecutionInput(
                    (_, builder) -> builder.graphQLContext(Map.of(Authentication.class, authentication))
                            .build());
            ExecutionResult result =
                    ExecutionResult.newExecutionResult().data(results).build();
            return Mono.just(new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result));
        });
    }

    private static Unavailable unavailable() {
        return new Unavailable("Later.", null);
    }

    private static List<GraphQLError> errors(Problem... problems) {
        return Arrays.stream(problems)
                .map(problem -> ProblemErrors.of(problem, null))
                .toList();
    }

    private static ServerResponse answer(List<GraphQLError> errors, MediaType accepted) throws Exception {
        ExecutionResult result =
                ExecutionResult.newExecutionResult().errors(errors).build();
        GraphQlHttp http =
                http(request -> Mono.just(new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result)));
        return http.answer(ServerRequest.create(request(accepted), List.of()));
    }

    @Test
    void saysWhenToComeBackIfThereIsNoRoomForABody() {
        MockHttpServletRequest request = request(MediaType.APPLICATION_JSON);
        request.setContent(" ".repeat(20_000).getBytes(StandardCharsets.UTF_8));

        ServerResponse answer =
                http(_ -> Mono.never(), new BodyBudget(0)).answer(ServerRequest.create(request, List.of()));

        assertThat(answer.statusCode().value()).isEqualTo(503);
        assertThat(answer.headers().getFirst(HttpHeaders.RETRY_AFTER)).matches("[1-5]");
    }

    private static GraphQlHttp http(ExecutionGraphQlService service) {
        return http(service, new BodyBudget(1 << 20));
    }

    private static GraphQlHttp http(ExecutionGraphQlService service, BodyBudget budget) {
        EventStreams streams =
                new EventStreams(new RetryTimes(new Random(), Duration.ofSeconds(1)), TestRates.streams(LIMITS));
        Correlations correlations = new Correlations(new StaticListableBeanFactory().getBeanProvider(Tracer.class));
        return new GraphQlHttp(
                WebGraphQlHandler.builder(service).build(),
                new RequestReader(
                        SETTINGS, JsonMapper.shared(), SomeDocuments.unknown(), InstantSource.system(), budget),
                streams,
                new StreamedAnswers(streams, new Connections(SETTINGS), correlations, JsonMapper.shared(), SETTINGS),
                correlations,
                JsonMapper.shared(),
                TestRates.local(LIMITS),
                new LimitMetrics(new SimpleMeterRegistry()),
                NoAnswers.memory());
    }

    private static MockHttpServletRequest request(MediaType accepted) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/graphql");
        request.addHeader(HttpHeaders.ACCEPT, accepted.toString());
        request.setContentType(MediaType.APPLICATION_JSON_VALUE);
        request.setContent("{\"query\": \"{ field }\"}".getBytes(StandardCharsets.UTF_8));
        return request;
    }
}
