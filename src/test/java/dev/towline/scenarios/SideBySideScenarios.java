package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.dynamo.Fault;
import dev.towline.local.AlsoWithoutDax;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The lists of a query are read in parallel. */
@AlsoWithoutDax
class SideBySideScenarios extends RunningTowline {

    private static final int LISTS = 5;
    private static final int PATIENCE_SECONDS = 10;

    @Test
    void readsTheListsOfAQuerySideBySide() {
        String five = IntStream.rangeClosed(1, LISTS)
                .mapToObj(first -> "l%d: listIncidents(first: %d) { edges { node { id } } }".formatted(first, first))
                .collect(Collectors.joining(" "));
        dispatcher.incident();
        CountDownLatch allAreThere = new CountDownLatch(LISTS);
        List<Boolean> met = new CopyOnWriteArrayList<>();
        Answer answer;
        try {
            DYNAMO.always("Query", meeting(allAreThere, met));
            answer = dispatcher.api().ask("{ " + five + " }");
        } finally {
            DYNAMO.calm();
        }
        assertThat(answer.errors()).isEmpty();
        assertThat(met)
                .as("whether each read of a list had all the others beside it")
                .hasSize(LISTS)
                .doesNotContain(false);
    }

    /** Keeps each read until all are there, and notes whether they came. */
    private static Fault meeting(CountDownLatch allAreThere, List<Boolean> met) {
        return (request, upstream) -> {
            if (request.body().path("TableName").asString().endsWith("incidents")) {
                allAreThere.countDown();
                met.add(allAreThere.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return upstream.forward(request);
        };
    }
}
