package dev.towline.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamsKeepUpTests {

    private static final int CAUGHT_UP = (int) StreamsKeepUp.CAUGHT_UP.toSeconds();

    private final List<Operation> operations = new ArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final List<Disturbance> disturbances = new ArrayList<>();

    @Test
    void findsAStreamThatLeftWithoutAChange() {
        change(10, 5);
        watch(Watch.End.LEFT, 0, 10 + CAUGHT_UP, 5);
        watch(Watch.End.LEFT, 0, 9 + CAUGHT_UP, 4);
        watch(Watch.End.LEFT, 11, 10 + CAUGHT_UP, 4);
        assertThat(violations()).isEmpty();

        watch(Watch.End.LEFT, 0, 10 + CAUGHT_UP, 4);
        assertThat(violations()).singleElement().asString().contains("never had the change");
    }

    @Test
    void findsAStreamThatReceivedNothingAtAll() {
        change(10, 5);
        watches.add(new Watch(
                1, "0/0", "s", Watch.Way.anew(false), seconds(20), seconds(20 + CAUGHT_UP), List.of(), Watch.End.LEFT));
        assertThat(violations()).hasSize(1);
    }

    @Test
    void excusesAStreamWhileRedisIsGone() {
        change(10, 5);
        watch(Watch.End.LEFT, 0, 12 + CAUGHT_UP, 4);
        disturbances.add(new Disturbance(FaultKind.REDIS_STOPPED, 2, seconds(13), seconds(14)));
        assertThat(violations()).isEmpty();

        watch(Watch.End.LEFT, 0, 14 + CAUGHT_UP, 4);
        assertThat(violations()).hasSize(1);
    }

    @Test
    void excusesAChangeWhoseInstanceWasKilledAfterIt() {
        change(10, 5);
        watch(Watch.End.LEFT, 0, 10 + CAUGHT_UP, 4);
        disturbances.add(new Disturbance(FaultKind.INSTANCE_KILLED, 1, seconds(11), seconds(14)));
        assertThat(violations()).isEmpty();

        disturbances.set(0, new Disturbance(FaultKind.INSTANCE_KILLED, 2, seconds(11), seconds(14)));
        assertThat(violations()).hasSize(1);
    }

    @Test
    void findsAStreamThatBrokeWithoutACause() {
        watch(Watch.End.BROKEN, 0, 20, 4);
        disturbances.add(new Disturbance(FaultKind.INSTANCE_KILLED, 0, seconds(20), seconds(30)));
        assertThat(violations()).isEmpty();

        disturbances.set(0, new Disturbance(FaultKind.DYNAMO_SLOW, 2, seconds(17), seconds(19)));
        assertThat(violations()).isEmpty();

        disturbances.set(0, new Disturbance(FaultKind.INSTANCE_KILLED, 2, seconds(20), seconds(30)));
        assertThat(violations()).singleElement().asString().contains("broke without a cause");
    }

    @Test
    void findsAStreamThatTheServiceEndedWithAnError() {
        watch(Watch.End.FAILED, 0, 20, 4);
        disturbances.add(new Disturbance(FaultKind.INSTANCE_KILLED, 0, seconds(20), seconds(30)));
        assertThat(violations()).singleElement().asString().contains("it failed");
    }

    private List<String> violations() {
        return new StreamsKeepUp()
                .violations(new History(operations, watches, disturbances))
                .toList();
    }

    private void change(int ended, int sequence) {
        operations.add(new Operation(
                1,
                "1/0",
                "updateLocation",
                true,
                Map.of(),
                Map.of("sessionId", "s"),
                seconds(ended - 1),
                seconds(ended),
                Outcome.ACKNOWLEDGED,
                "",
                List.of(),
                Map.of("sequence", Integer.toString(sequence))));
    }

    @Test
    void excusesASlowWatcherThatWasTakenForGone() {
        watch(true, Watch.End.SILENT, 0, 24, 4);
        assertThat(violations()).isEmpty();

        watch(false, Watch.End.SILENT, 0, 24, 4);
        assertThat(violations()).singleElement().asString().contains("taken for gone");
    }

    private void watch(Watch.End end, int begun, int ended, int reached) {
        watch(false, end, begun, ended, reached);
    }

    private void watch(boolean isSlow, Watch.End end, int begun, int ended, int reached) {
        Update update = new Update(Duration.ZERO, "SNAPSHOT", reached, 0, "", "", "e", reached);
        watches.add(
                new Watch(1, "0/0", "s", Watch.Way.anew(isSlow), seconds(begun), seconds(ended), List.of(update), end));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
