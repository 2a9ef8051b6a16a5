package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.fix;
import static dev.towline.tracking.LocationOutcome.DUPLICATE;
import static dev.towline.tracking.LocationOutcome.LATE;
import static dev.towline.tracking.LocationOutcome.REJECTED;
import static dev.towline.tracking.LocationOutcome.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.dynamo.Fault;
import dev.towline.problem.Unavailable;
import dev.towline.store.Write;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link IntakeFaultsIT} shows for a drive in order, for fixes that come late, twice or from far away, and with steps between. */
class IntakeFaultsOutOfOrderIT {

    private static final int MOST_ATTEMPTS = 50;

    private final Intakes intakes = new Intakes();
    private final SessionKey session = intakes.begin();
    private final Phone phone = new Phone(session, intakes.instance(), intakes.instance());

    @AfterEach
    void close() {
        intakes.close();
    }

    /** Every second request of any kind meets the fault; calls that fail are repeated on the other instance. */
    @ParameterizedTest
    @MethodSource("dev.towline.tracking.IntakeFaultsIT#faults")
    void nothingIsLostAndNothingIsShownTwiceWhateverTheOrder(Fault fault) {
        intakes.disturb(fault);

        sendOneByOne(0, 10);
        step(SessionStatus.EN_ROUTE);
        sendOneByOne(20, 25);
        send(drive(25, 40));
        assertThat(phone.send(drive(10, 20).reversed())).as("from a tunnel").isSubsetOf(LATE, DUPLICATE);
        step(SessionStatus.ARRIVED);
        assertThat(phone.send(drive(5, 40))).as("sent again").containsOnly(DUPLICATE);
        send(drive(40, 80));
        sendOneByOne(80, 90);
        assertThat(phone.send(fix(45.5), fix(12.5), fix(60.5)))
                .as("between fixes that moved to the trail")
                .isSubsetOf(LATE, DUPLICATE);
        assertThat(phone.send(away(90))).containsExactly(REJECTED);
        step(SessionStatus.IN_SERVICE);
        send(List.of(away(91)));
        assertThat(phone.send(away(90))).as("it was confirmed").containsExactly(DUPLICATE);
        List<LocationInput> rest = IntStream.range(88, 100)
                .mapToObj(i -> i < 90 ? fix(i) : away(i))
                .toList();
        assertThat(phone.send(rest)).startsWith(DUPLICATE, DUPLICATE, DUPLICATE, DUPLICATE);
        assertThat(phone.send(rest)).containsOnly(DUPLICATE);
        intakes.tables.faulty().calm();

        assertComplete();
    }

    private void assertComplete() {
        List<TrackedLocation> trail = intakes.trail(session);
        assertThat(trail)
                .extracting(TrackedLocation::recordedAt)
                .containsExactlyElementsOf(
                        DoubleStream.concat(IntStream.range(0, 100).asDoubleStream(), DoubleStream.of(12.5, 45.5, 60.5))
                                .sorted()
                                .mapToObj(Drives::at)
                                .toList());
        assertThat(trail)
                .filteredOn(location -> location.sequence() == null)
                .extracting(TrackedLocation::recordedAt)
                .containsExactlyInAnyOrderElementsOf(DoubleStream.concat(
                                IntStream.range(10, 20).asDoubleStream(), DoubleStream.of(12.5, 45.5, 60.5, 90))
                        .mapToObj(Drives::at)
                        .toList());

        TrackingSession stored = intakes.stored(session);
        assertThat(stored.steps())
                .extracting(StatusChange::status)
                .containsExactly(
                        SessionStatus.ASSIGNED,
                        SessionStatus.EN_ROUTE,
                        SessionStatus.ARRIVED,
                        SessionStatus.IN_SERVICE);
        Map<Instant, Integer> numbers = new HashMap<>();
        trail.forEach(location -> {
            if (location.sequence() != null) {
                numbers.put(location.recordedAt(), location.sequence());
            }
        });
        assertThat(Stream.concat(
                        numbers.values().stream(), stored.steps().stream().map(StatusChange::sequence)))
                .as("each number once")
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, stored.sequence()).boxed().toList());
        assertThat(trail)
                .extracting(TrackedLocation::sequence)
                .filteredOn(number -> number != null)
                .isSorted();
        assertThat(numbers).as("what answers said").containsAllEntriesOf(phone.told());
        assertThat(stored.currentLocation())
                .extracting(TrackedLocation::recordedAt)
                .isEqualTo(at(99));
    }

    private void sendOneByOne(int from, int to) {
        drive(from, to).forEach(fix -> send(List.of(fix)));
    }

    private void send(List<LocationInput> fixes) {
        assertThat(phone.send(fixes)).isSubsetOf(STORED, DUPLICATE);
    }

    private static List<LocationInput> drive(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> fix(i)).toList();
    }

    /** A fix a degree away from the drive, near others of this method. */
    private static LocationInput away(int seconds) {
        return fix(seconds, 31 + seconds / 10_000.0, -97, null);
    }

    /** A dispatcher sets a status, again until it is set. */
    private void step(SessionStatus status) {
        for (int i = 0; i < MOST_ATTEMPTS; i++) {
            try {
                TrackingSession stored = intakes.stored(session);
                if (stored.status() != status) {
                    intakes.store.write(new Write<>(Sessions.TABLE, stored.in(status, Intakes.NOW)));
                }
                return;
            } catch (Unavailable unknown) {
                // it may be set, or not
            }
        }
        throw new AssertionError("not set to " + status);
    }
}
