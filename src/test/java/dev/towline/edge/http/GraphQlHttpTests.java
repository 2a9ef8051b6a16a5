package dev.towline.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.RetryTimes;
import dev.towline.edge.error.AnsweringService;
import dev.towline.edge.error.Correlations;
import dev.towline.edge.error.ProblemErrors;
import dev.towline.problem.Forbidden;
import dev.towline.problem.Problem;
import dev.towline.problem.Unavailable;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.micrometer.tracing.Tracer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP headers that ask a client to retry. */
class GraphQlHttpTests {

    private static final HttpSettings SETTINGS = new HttpSettings(DataSize.ofKilobytes(1), Duration.ofSeconds(1));

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
        GraphQlHttp http = new GraphQlHttp(
                WebGraphQlHandler.builder(request ->
                                Mono.just(new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result)))
                        .build(),
                new RequestReader(SETTINGS, JsonMapper.shared()),
                new EventStreams(new RetryTimes(new Random(), Duration.ofSeconds(1))),
                new Connections(),
                new Correlations(new StaticListableBeanFactory().getBeanProvider(Tracer.class)),
                JsonMapper.shared(),
                SETTINGS);
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/graphql");
        request.addHeader(HttpHeaders.ACCEPT, accepted.toString());
        request.setContentType(MediaType.APPLICATION_JSON_VALUE);
        request.setContent("{\"query\": \"{ field }\"}".getBytes(StandardCharsets.UTF_8));
        return http.answer(ServerRequest.create(request, List.of()));
    }
}
