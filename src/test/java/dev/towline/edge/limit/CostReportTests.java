package dev.towline.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.edge.error.AnsweringService;
import graphql.ExecutionResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class CostReportTests {

    private final AnsweringService service = new AnsweringService(
            "type Query { number: Int } type Subscription { numbers: Int }",
            wiring -> wiring.type(
                    "Subscription",
                    type -> type.dataFetcher("numbers", environment -> {
                        environment.getGraphQlContext().put(RequestCost.class, new RequestCost(3, 100));
                        return Flux.just(1, 2);
                    })),
            new CostReport());

    @Test
    void tellsTheCostOfAStreamWithItsFirstItem() {
        List<ExecutionResult> items = service.items("subscription { numbers }", Map.of());

        assertThat(items)
                .extracting(item -> item.<Object>getData())
                .containsExactly(Map.of("numbers", 1), Map.of("numbers", 2));
        assertThat(items.getFirst().getExtensions()).isEqualTo(Map.of("cost", Map.of("requested", 3, "budget", 100)));
        assertThat(items.getLast().getExtensions()).isNullOrEmpty();
    }
}
