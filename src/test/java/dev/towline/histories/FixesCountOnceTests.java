package dev.towline.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules about fixes find what they are for, and nothing in a history that differs by a hair. */
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

    @Test
    void findsADuplicateThatOneInstanceDoesNotHave() {
        call("t1 t2", "STORED:3 DUPLICATE:");
        trail("0/0", "t1 t2");
        trail("1/0", "t1 t2");
        assertThat(violations()).isEmpty();

        trail("2/0", "t1");
        assertThat(violations())
                .singleElement()
                .asString()
                .contains("duplicate of none")
                .contains("recordedAt=t2");
    }

    @Test
    void aDuplicateMayHaveBeenLiveOnly() {
        call("t1", "LIVE_ONLY:3");
        call("t1", "DUPLICATE:");
        trail("");
        assertThat(violations()).isEmpty();

        call("t2", "REJECTED:");
        call("t2", "DUPLICATE:");
        assertThat(violations())
                .singleElement()
                .asString()
                .contains("duplicate of none")
                .contains("recordedAt=t2");
    }

    @Test
    void aDuplicateMayBeOfACallWithoutAnAnswer() {
        call("t1 t2", "");
        call("t2", "DUPLICATE:");
        trail("");
        assertThat(violations()).isEmpty();

        call("t3", "DUPLICATE:");
        call("t3", "");
        assertThat(violations())
                .singleElement()
                .asString()
                .contains("duplicate of none")
                .contains("recordedAt=t3");
    }

    @Test
    void findsADuplicateThatIsAcceptedAfterwards() {
        call("t1", "");
        call("t1", "STORED:3");
        call("t1", "DUPLICATE:");
        trail("t1");
        assertThat(violations()).isEmpty();

        call("t2", "");
        call("t2", "DUPLICATE:");
        call("t2", "STORED:4");
        trail("t2");
        assertThat(violations()).singleElement().asString().contains("accepted afterwards");
    }

    @Test
    void aRejectedFixMayComeIntoTheTrailLater() {
        call("t1 t2", "STORED:3 REJECTED:");
        call("t3", "STORED:4");
        call("t4 t2", "STORED:5 DUPLICATE:");
        trail("t1 t2 t3 t4");
        assertThat(violations()).isEmpty();

        assertThat(Jumps.in(new History(operations, List.of(), List.of()))).isEqualTo(new Jumps(1, 0));
    }

    private List<String> violations() {
        History history = new History(operations, List.of(), List.of());
        return Stream.of(new FixesCountOnce(), new DuplicatesWereAccepted())
                .flatMap(rule -> rule.violations(history))
                .toList();
    }

    /** @param outcomes empty for a call without an answer */
    private void call(String times, String outcomes) {
        operations.add(operation(
                1,
                "0/0",
                true,
                Map.of("sessionId", "s", FixResult.TIMES, times),
                outcomes.isEmpty() ? Outcome.UNKNOWN : Outcome.ACKNOWLEDGED,
                outcomes.isEmpty() ? Map.of() : Map.of(FixResult.OUTCOMES, outcomes)));
    }

    private void trail(String times) {
        trail("0/0", times);
    }

    private void trail(String instance, String times) {
        operations.add(operation(
                Operation.FINAL,
                instance,
                false,
                Map.of("id", "s"),
                Outcome.ACKNOWLEDGED,
                Map.of(NoWriteLost.TRAIL, times)));
    }

    /** One after the other. */
    private Operation operation(
            int client,
            String instance,
            boolean write,
            Map<String, String> arguments,
            Outcome outcome,
            Map<String, String> values) {
        Duration time = Duration.ofMillis(operations.size());
        return new Operation(
                client, instance, "any", write, Map.of(), arguments, time, time, outcome, "", List.of(), values);
    }
}
