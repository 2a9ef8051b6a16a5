package dev.towline.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.GraphQLError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Variables that no operation reads. */
class LimitGateTests {

    private final GraphQL graphQl = GraphQL.newGraphQL(Contract.SCHEMA)
            .instrumentation(new LimitGate(Limits.DEFAULTS))
            .build();

    @Test
    void keepsNoLargeVariablesForAStream() {
        assertThat(limits("subscription { onDispatchChanged { kind } }")).contains("variableBytes");
        assertThat(limits("{ __typename }")).doesNotContain("variableBytes");
    }

    private List<Object> limits(String document) {
        ExecutionInput input = ExecutionInput.newExecutionInput(document)
                .variables(Map.of("unread", "x".repeat(20_000)))
                .build();
        return graphQl.execute(input).getErrors().stream()
                .map(GraphQLError::getExtensions)
                .map(extensions -> extensions == null ? "" : extensions.getOrDefault("limit", ""))
                .toList();
    }
}
