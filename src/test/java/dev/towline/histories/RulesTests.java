package dev.towline.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each rule finds what it is for in a history written by hand, and nothing in one that differs by a hair. */
class RulesTests {

    private static final String ONE = "0/0";
    private static final String OTHER = "1/0";

    private final List<Operation> operations = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();

    @Test
    void findsALostWrite() {
        write(1, ONE, 10, 20, vendor(3, "new"));
        finalRead(ONE, 100, vendor(3, "new"));
        assertThat(violations(new NoWriteLost())).isEmpty();

        operations.removeLast();
        finalRead(ONE, 100, vendor(2, "old"));
        assertThat(violations(new NoWriteLost())).singleElement().asString().contains("vendor:v has version 2");

        operations.removeLast();
        assertThat(violations(new NoWriteLost()))
                .as("an entity that nobody finds is lost, too")
                .hasSize(1);
    }

    @Test
    void findsALostFix() {
        operations.add(fix(Outcome.ACKNOWLEDGED, "STORED", "t1"));
        operations.add(fix(Outcome.ACKNOWLEDGED, "REJECTED", "t2"));
        operations.add(fix(Outcome.UNKNOWN, "STORED", "t3"));
        operations.add(trail("t0 t1"));
        finalRead(ONE, 100, new Observed("session:s", 2, Map.of()));
        assertThat(violations(new NoWriteLost())).isEmpty();

        operations.add(fix(Outcome.ACKNOWLEDGED, "STORED", "t4"));
        assertThat(violations(new NoWriteLost())).singleElement().asString().contains("t4");
    }

    @Test
    void findsAnInstanceWithoutAFix() {
        operations.add(fix(Outcome.ACKNOWLEDGED, "STORED", "t1"));
        operations.add(trail(ONE, "t1"));
        operations.add(trail(OTHER, "t1"));
        assertThat(violations(new NoWriteLost())).isEmpty();

        operations.removeLast();
        operations.add(trail(OTHER, "t0"));
        assertThat(violations(new NoWriteLost())).singleElement().asString().contains("t1");
    }

    @Test
    void findsTwoValuesOfOneVersion() {
        read(1, ONE, 10, 20, vendor(3, "a"));
        read(2, OTHER, 30, 40, vendor(4, "b"));
        read(2, OTHER, 50, 60, new Observed("vendor:v", 3, Map.of("rating", "5")));
        assertThat(violations(new OneValuePerVersion())).isEmpty();

        read(2, OTHER, 70, 80, vendor(3, "b"));
        assertThat(violations(new OneValuePerVersion())).hasSize(1);
    }

    @Test
    void findsAnAnswerOlderThanWhatTheClientHadSeen() {
        operations.add(operation(1, ONE, false, Map.of("vendor:v", 3), 10, 20, vendor(3, "a")));
        operations.add(operation(1, ONE, false, Map.of(), 30, 40, vendor(2, "a")));
        assertThat(violations(new SeenNeverGoesBack())).isEmpty();

        operations.add(operation(1, ONE, false, Map.of("vendor:v", 3), 50, 60, vendor(2, "a")));
        assertThat(violations(new SeenNeverGoesBack())).hasSize(1);
    }

    @Test
    void findsAnInstanceThatIsOlderThanItsAcknowledgement() {
        write(1, ONE, 10, 20, vendor(3, "new"));
        read(2, OTHER, 30, 40, vendor(2, "old"));
        read(2, ONE, 19, 40, vendor(2, "old"));
        read(2, "0/1", 30, 40, vendor(2, "old"));
        read(2, ONE, 30, 40, vendor(3, "new"));
        assertThat(violations(new InstanceKnowsItsWrites())).isEmpty();

        read(2, ONE, 21, 40, vendor(2, "old"));
        assertThat(violations(new InstanceKnowsItsWrites())).hasSize(1);
    }

    @Test
    void findsInstancesThatDisagreeAtRest() {
        read(1, ONE, 10, 20, vendor(3, "new"));
        read(1, OTHER, 30, 40, vendor(2, "old"));
        finalRead(ONE, 100, vendor(3, "new"));
        assertThat(violations(new InstancesAgreeAtRest())).isEmpty();

        finalRead(OTHER, 200, vendor(2, "old"));
        assertThat(violations(new InstancesAgreeAtRest())).hasSize(1);
    }

    @Test
    void findsTwoResultsOfOneClientToken() {
        created("i1", "token");
        created("i1", "token");
        created("i2", "other");
        assertThat(violations(new OneResultPerClientToken())).isEmpty();

        created("i3", "token");
        assertThat(violations(new OneResultPerClientToken())).hasSize(1);
    }

    @Test
    void findsHolesInStreams() {
        operations.add(sessionAtRest(Map.of("sequence", "4")));
        watch(Watch.End.OPEN, update("SNAPSHOT", 2), update("LOCATION", 3), update("STATUS", 4));
        watch(Watch.End.COMPLETED, update("SNAPSHOT", 2), update("ENDED", 3));
        watch(Watch.End.COMPLETED, update("SNAPSHOT", 4), update("ENDED", 4));
        watch(Watch.End.BROKEN, update("SNAPSHOT", 2));
        watch(Watch.End.BROKEN);
        watch(Watch.End.LEFT, update("SNAPSHOT", 7), new Update(Duration.ZERO, "LOCATION", 10, 2, "", "1", "e", 10));
        assertThat(violations(new StreamsHaveNoHoles())).isEmpty();

        watch(Watch.End.LEFT, update("SNAPSHOT", 2), update("LOCATION", 4));
        watch(Watch.End.LEFT, update("SNAPSHOT", 2), update("LOCATION", 2));
        watch(Watch.End.LEFT, update("LOCATION", 1));
        watch(Watch.End.LEFT, update("SNAPSHOT", 2), update("SNAPSHOT", 3));
        watch(Watch.End.LEFT, update("SNAPSHOT", 1), gap(3, 2), update("SNAPSHOT", 4));
        watch(Watch.End.COMPLETED, update("SNAPSHOT", 2), update("LOCATION", 3));
        watch(Watch.End.OPEN, update("SNAPSHOT", 2), update("LOCATION", 3));
        watch(Watch.End.OPEN, update("SNAPSHOT", 3), update("ENDED", 4));
        watch(Watch.End.LEFT, new Update(Duration.ZERO, "SNAPSHOT", 4, 0, "", "", "e", 3));
        assertThat(violations(new StreamsHaveNoHoles())).hasSize(9);
    }

    @Test
    void findsHolesBetweenAStreamAndTheOneThatContinuesIt() {
        operations.add(sessionAtRest(Map.of("sequence", "4")));
        resume(2, Watch.End.LEFT, update("LOCATION", 3), update("STATUS", 4));
        resume(4, Watch.End.OPEN);
        resume(4, Watch.End.COMPLETED);
        resume(3, Watch.End.COMPLETED, update("ENDED", 4));
        assertThat(violations(new StreamsHaveNoHoles())).isEmpty();

        resume(2, Watch.End.LEFT, update("LOCATION", 4));
        resume(2, Watch.End.LEFT, update("SNAPSHOT", 3));
        resume(2, Watch.End.LEFT, update("LOCATION", 2));
        resume(3, Watch.End.OPEN);
        resume(3, Watch.End.COMPLETED);
        assertThat(violations(new StreamsHaveNoHoles())).hasSize(5);
    }

    @Test
    void findsAStreamThatMissesWhatIsKept() {
        Update jump = new Update(Duration.ZERO, "LOCATION", 5, 2, "", "1", "e", 5);
        operations.add(fix(Outcome.ACKNOWLEDGED, "LIVE_ONLY", "t1", "3", "1"));
        watch(Watch.End.LEFT, update("SNAPSHOT", 2), jump);
        assertThat(violations(new StreamsHaveNoHoles())).isEmpty();

        operations.add(fix(Outcome.ACKNOWLEDGED, "STORED", "t2", "4", "1"));
        assertThat(violations(new StreamsHaveNoHoles()))
                .singleElement()
                .asString()
                .contains("4 is missed although it is kept");

        watches.clear();
        watches.add(new Watch(
                1,
                ONE,
                "s",
                Watch.Way.anew(true),
                Duration.ZERO,
                Duration.ZERO,
                List.of(update("SNAPSHOT", 2), jump),
                Watch.End.LEFT));
        assertThat(violations(new StreamsHaveNoHoles())).as("a slow watcher").isEmpty();

        watch(Watch.End.LEFT, update("SNAPSHOT", 3), update("STATUS", 4));
        assertThat(violations(new StreamsHaveNoHoles()))
                .singleElement()
                .asString()
                .contains("the step 4 is missed");
    }

    @Test
    void findsAStreamThatTellsAnotherLocation() {
        operations.add(fix(Outcome.ACKNOWLEDGED, "STORED", "t1", "3", "1.5"));
        watch(Watch.End.LEFT, update("SNAPSHOT", 2), new Update(Duration.ZERO, "LOCATION", 3, 0, "", "1.5", "e", 3));
        assertThat(violations(new StreamsHaveNoHoles())).isEmpty();

        watch(Watch.End.LEFT, update("SNAPSHOT", 2), new Update(Duration.ZERO, "LOCATION", 3, 0, "", "1.6", "e", 3));
        assertThat(violations(new StreamsHaveNoHoles())).hasSize(1);
    }

    @Test
    void findsThatAnEntityWasNotFound() {
        write(1, ONE, 10, 20, vendor(3, "new"));
        read(2, OTHER, 30, 40, Observed.absent("vendor:v"));
        read(1, OTHER, 50, 60, Observed.absent("vendor:other"));
        finalRead(ONE, 100, vendor(3, "new"));
        assertThat(violations(new InstanceKnowsItsWrites())).isEmpty();
        assertThat(violations(new InstancesAgreeAtRest())).isEmpty();
        assertThat(violations(new SeenNeverGoesBack())).isEmpty();

        read(2, ONE, 30, 40, Observed.absent("vendor:v"));
        finalRead(OTHER, 100, Observed.absent("vendor:v"));
        operations.add(operation(1, OTHER, false, Map.of("vendor:v", 3), 50, 60, Observed.absent("vendor:v")));
        assertThat(violations(new InstanceKnowsItsWrites())).hasSize(1);
        assertThat(violations(new InstancesAgreeAtRest())).hasSize(1);
        assertThat(violations(new SeenNeverGoesBack())).hasSize(1);
    }

    @Test
    void findsAnInstanceThatDoesNotAnswerAtRest() {
        write(1, ONE, 10, 20, vendor(3, "new"));
        finalRead(ONE, 100, vendor(3, "new"));
        finalRead(OTHER, 100, vendor(3, "new"));
        assertThat(violations(new EveryInstanceAnswersAtRest())).isEmpty();

        read(1, ONE, 30, 40, new Observed("vendor:w", 1, Map.of()));
        finalRead(ONE, 100, new Observed("vendor:w", 1, Map.of()));
        assertThat(violations(new EveryInstanceAnswersAtRest()))
                .singleElement()
                .asString()
                .contains("instance 1/0 did not answer the query of vendor:w");
    }

    @Test
    void findsALateFixThatTheTrailLacks() {
        operations.add(fix(Outcome.ACKNOWLEDGED, "LATE", "t1"));
        operations.add(fix(Outcome.ACKNOWLEDGED, "LIVE_ONLY", "t2"));
        operations.add(trail("t1"));
        assertThat(violations(new NoWriteLost())).isEmpty();

        operations.add(fix(Outcome.ACKNOWLEDGED, "LATE", "t3"));
        assertThat(violations(new NoWriteLost())).singleElement().asString().contains("t3");
    }

    private List<String> violations(Rule rule) {
        return rule.violations(new History(operations, watches, List.of())).toList();
    }

    private void write(int client, String instance, int begun, int ended, Observed entity) {
        operations.add(operation(client, instance, true, Map.of(), begun, ended, entity));
    }

    private void read(int client, String instance, int begun, int ended, Observed entity) {
        operations.add(operation(client, instance, false, Map.of(), begun, ended, entity));
    }

    private void finalRead(String instance, int begun, Observed entity) {
        read(Operation.FINAL, instance, begun, begun + 10, entity);
    }

    private void created(String incident, String token) {
        operations.add(operation(
                "createIncident", Map.of("clientToken", token), 1, 2, Outcome.ACKNOWLEDGED, Map.of("id", incident)));
    }

    private void watch(Watch.End end, Update... updates) {
        watches.add(new Watch(1, ONE, "s", Watch.Way.anew(false), Duration.ZERO, Duration.ZERO, List.of(updates), end));
    }

    private void resume(int after, Watch.End end, Update... updates) {
        Watch.Way way = new Watch.Way(after, "e", false);
        watches.add(new Watch(1, ONE, "s", way, Duration.ZERO, Duration.ZERO, List.of(updates), end));
    }

    private static Observed vendor(int version, String name) {
        return new Observed("vendor:v", version, Map.of("name", name));
    }

    private static Update update(String kind, int sequence) {
        return new Update(Duration.ZERO, kind, sequence, 0, "", "1", "e", sequence);
    }

    private static Update gap(int sequence, int missed) {
        return new Update(Duration.ZERO, "GAP", sequence, missed, "", "1", "e", sequence);
    }

    private static Operation fix(Outcome outcome, String result, String recordedAt) {
        return fix(outcome, result, recordedAt, "", "");
    }

    private static Operation fix(Outcome outcome, String result, String recordedAt, String sequence, String latitude) {
        return operation(
                "updateLocation",
                Map.of("sessionId", "s", "recordedAt", recordedAt, "latitude", latitude),
                1,
                2,
                outcome,
                Map.of("outcome", result, "sequence", sequence));
    }

    private static Operation trail(String recordedAt) {
        return trail(ONE, recordedAt);
    }

    private static Operation trail(String instance, String recordedAt) {
        return sessionAtRest(instance, Map.of(NoWriteLost.TRAIL, recordedAt));
    }

    private static Operation sessionAtRest(Map<String, String> values) {
        return sessionAtRest(ONE, values);
    }

    private static Operation sessionAtRest(String instance, Map<String, String> values) {
        return new Operation(
                Operation.FINAL,
                instance,
                "getTrackingSession",
                false,
                Map.of(),
                Map.of("id", "s"),
                millis(100),
                millis(110),
                Outcome.ACKNOWLEDGED,
                "",
                List.of(),
                values);
    }

    private static Operation operation(
            int client,
            String instance,
            boolean write,
            Map<String, Integer> seen,
            int begun,
            int ended,
            Observed entity) {
        return new Operation(
                client,
                instance,
                write ? "updateVendor" : "getVendor",
                write,
                seen,
                Map.of(),
                millis(begun),
                millis(ended),
                Outcome.ACKNOWLEDGED,
                "",
                List.of(entity),
                Map.of());
    }

    private static Operation operation(
            String field,
            Map<String, String> arguments,
            int begun,
            int ended,
            Outcome outcome,
            Map<String, String> values) {
        return new Operation(
                1, ONE, field, true, Map.of(), arguments, millis(begun), millis(ended), outcome, "", List.of(), values);
    }

    private static Duration millis(int millis) {
        return Duration.ofMillis(millis);
    }
}
