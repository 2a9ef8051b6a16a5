package dev.towline.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphqlErrorBuilder;
import graphql.language.OperationDefinition.Operation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

class HttpCachePolicyTests {

    private static final ExecutionResult DATA =
            ExecutionResult.newExecutionResult().data(Map.of("field", 1)).build();

    private final HttpHeaders request = new HttpHeaders();

    @Test
    void onlyAGetHasATag() {
        Map<?, Object> query = Map.of(Operation.class, Operation.QUERY);

        assertThat(HttpCachePolicy.of(HttpMethod.GET, request, response(query, DATA)))
                .isEqualTo(HttpCachePolicy.BY_TAG);
        assertThat(HttpCachePolicy.of(HttpMethod.POST, request, response(query, DATA)))
                .isEqualTo(HttpCachePolicy.IN_FULL);
    }

    @ParameterizedTest
    @CsvSource({"QUERY, true", "MUTATION, false", "SUBSCRIPTION, false"})
    void onlyAQueryMayBeStored(Operation operation, boolean kept) {
        assertThat(of(response(Map.of(Operation.class, operation), DATA)) != HttpCachePolicy.NEVER)
                .isEqualTo(kept);
    }

    @Test
    void nothingUnexecutedMayBeStored() {
        assertThat(of(response(Map.of(), DATA))).isEqualTo(HttpCachePolicy.NEVER);
    }

    @Test
    void noAnswerWithErrorsMayBeStored() {
        ExecutionResult partly = ExecutionResult.newExecutionResult()
                .data(Map.of("field", 1))
                .addError(
                        GraphqlErrorBuilder.newError().message("another field").build())
                .build();

        assertThat(of(response(Map.of(Operation.class, Operation.QUERY), partly)))
                .isEqualTo(HttpCachePolicy.NEVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Towline-Cache-Report", "x-towline-cache-report", "X-Towline-Seen", "X-TOWLINE-SEEN"})
    void nothingAboutOneRequestMayBeStored(String header) {
        request.add(header, "");

        assertThat(of(response(Map.of(Operation.class, Operation.QUERY), DATA))).isEqualTo(HttpCachePolicy.NEVER);
    }

    @ParameterizedTest
    @CsvSource({"BY_TAG, 'private, no-cache'", "IN_FULL, 'private, no-cache'", "NEVER, no-store"})
    void setsTheHeaders(HttpCachePolicy policy, String caching) {
        HttpHeaders headers = new HttpHeaders();
        policy.applyTo(headers);

        assertThat(headers.get(HttpHeaders.CACHE_CONTROL)).containsExactly(caching);
        assertThat(headers.get(HttpHeaders.VARY)).containsExactly("Authorization, Accept, Accept-Encoding");
    }

    private HttpCachePolicy of(WebGraphQlResponse response) {
        return HttpCachePolicy.of(HttpMethod.GET, request, response);
    }

    private static WebGraphQlResponse response(Map<?, Object> context, ExecutionResult result) {
        ExecutionInput input = ExecutionInput.newExecutionInput("{ field }")
                .graphQLContext(context)
                .build();
        return new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(input, result));
    }
}
