package dev.towline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.dynamo.Fault;
import dev.towline.local.AlsoWithoutDax;
import dev.towline.local.Measured;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The lists of a query are read in parallel. */
@Measured
@AlsoWithoutDax
class SideBySideScenarios extends RunningTowline {

    @Test
    void readsTheListsOfAQuerySideBySide() {
        String list = "listIncidents(first: 1) { edges { node { id } } }";
        String five = IntStream.range(0, 5).mapToObj(i -> "l" + i + ": " + list).collect(Collectors.joining(" "));
        dispatcher.incident();
        Duration one;
        Duration all;
        try {
            DYNAMO.always("Query", Fault.slow(Duration.ofMillis(400)));
            one = timed("{ " + list + " }");
            all = timed("{ " + five + " }");
        } finally {
            DYNAMO.calm();
        }
        assertThat(one).isGreaterThan(Duration.ofMillis(400));
        assertThat((double) all.toMillis() / one.toMillis())
                .as("five lists take %s, one takes %s", all, one)
                .isLessThan(2.5);
    }

    private Duration timed(String document) {
        long begun = System.nanoTime();
        Answer answer = dispatcher.api().ask(document);
        assertThat(answer.errors()).isEmpty();
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
