package dev.towline.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.MediaType.APPLICATION_GRAPHQL_RESPONSE;
import static org.springframework.http.MediaType.APPLICATION_JSON;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;

/** The HTTP statuses, including those that no request of another test causes. */
class StatusesTests {

    @ParameterizedTest
    @CsvSource({
        "BAD_INPUT, 422",
        "NOT_FOUND, 422",
        "CONFLICT, 422",
        "TOO_COMPLEX, 422",
        "UNAUTHENTICATED, 401",
        "FORBIDDEN, 403",
        "RATE_LIMITED, 429",
        "OVERLOADED, 503",
        "UNAVAILABLE, 503",
        "INTERNAL, 500",
        "ANOTHER, 500"
    })
    void followsTheCodeOfAnUnexecutedRequest(String code, int status) {
        ExecutionResult refused = ExecutionResult.newExecutionResult()
                .errors(List.of(error(code)))
                .build();

        assertThat(of(refused, APPLICATION_GRAPHQL_RESPONSE)).isEqualTo(status);
        assertThat(of(refused, APPLICATION_JSON)).isEqualTo(200);
    }

    @Test
    void hasAStatusForDataWithErrors() {
        ExecutionResult whole =
                ExecutionResult.newExecutionResult().data(Map.of("a", 1)).build();
        ExecutionResult partial = ExecutionResult.newExecutionResult()
                .data(Map.of("a", 1))
                .addError(error("INTERNAL"))
                .build();
        ExecutionResult none = ExecutionResult.newExecutionResult()
                .data(null)
                .addError(error("UNAVAILABLE"))
                .build();

        assertThat(of(whole, APPLICATION_GRAPHQL_RESPONSE)).isEqualTo(200);
        assertThat(of(partial, APPLICATION_GRAPHQL_RESPONSE)).isEqualTo(294);
        assertThat(of(none, APPLICATION_GRAPHQL_RESPONSE)).isEqualTo(294);
        assertThat(List.of(of(whole, APPLICATION_JSON), of(partial, APPLICATION_JSON), of(none, APPLICATION_JSON)))
                .containsOnly(200);
    }

    private static int of(ExecutionResult result, MediaType form) {
        return Statuses.of(result, form).value();
    }

    private static GraphQLError error(String code) {
        return GraphqlErrorBuilder.newError()
                .message("wrong")
                .extensions(Map.of("code", code))
                .build();
    }
}
