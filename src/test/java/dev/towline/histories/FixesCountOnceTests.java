package dev.towline.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rule about fixes finds what it is for, and nothing in a history that differs by a hair. */
class FixesCountOnceTests {

    private final List<Operation> operations = new ArrayList<>();

    @Test
    void findsNothingWhereEachFixCountsOnce() {
        call("t1", "STORED:3");
        call("t2 t1 t3 t2", "STORED:4 DUPLICATE: LATE: REJECTED:");
        call("t4", "");
        trail("t1 t2");
        trail("t3 t4");
        assertThat(violations()).isEmpty();
    }

    @Test
    void findsAFixThatWasAcceptedTwice() {
        call("t1", "LATE:");
        call("t1", "STORED:5");
        assertThat(violations()).singleElement().asString().contains("accepted twice");
    }

    @Test
    void findsANumberThatWasGivenTwice() {
        call("t1 t2", "STORED:5 LIVE_ONLY:5");
        assertThat(violations()).singleElement().asString().contains("given twice");
    }

    @Test
    void findsATrailThatRepeatsAFixOrIsOutOfOrder() {
        call("t1 t2", "STORED:3 STORED:4");
        trail("t1 t2 t2");
        trail("t1");
        assertThat(violations())
                .satisfiesExactly(
                        violation -> assertThat(violation).contains("t2 after t2"),
                        violation -> assertThat(violation).contains("t1 after t2"));
    }

    @Test
    void findsAFixThatNobodySent() {
        call("t1", "STORED:3");
        trail("t1 t2");
        assertThat(violations()).singleElement().asString().contains("t2, which nobody sent");
    }

    private List<String> violations() {
        return new FixesCountOnce()
                .violations(new History(operations, List.of(), List.of()))
                .toList();
    }

    /** @param outcomes empty for a call without an answer */
    private void call(String times, String outcomes) {
        operations.add(operation(
                1,
                true,
                Map.of("sessionId", "s", FixResult.TIMES, times),
                outcomes.isEmpty() ? Outcome.UNKNOWN : Outcome.ACKNOWLEDGED,
                outcomes.isEmpty() ? Map.of() : Map.of(FixResult.OUTCOMES, outcomes)));
    }

    private void trail(String times) {
        operations.add(operation(
                Operation.FINAL, false, Map.of("id", "s"), Outcome.ACKNOWLEDGED, Map.of(NoWriteLost.TRAIL, times)));
    }

    private static Operation operation(
            int client, boolean write, Map<String, String> arguments, Outcome outcome, Map<String, String> values) {
        Duration time = Duration.ofMillis(client);
        return new Operation(
                client, "0/0", "any", write, Map.of(), arguments, time, time, outcome, "", List.of(), values);
    }
}
