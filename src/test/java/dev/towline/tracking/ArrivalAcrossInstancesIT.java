package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.north;
import static dev.towline.tracking.LocationOutcome.DUPLICATE;
import static dev.towline.tracking.LocationOutcome.LATE;
import static dev.towline.tracking.SessionStatus.ARRIVED;
import static dev.towline.tracking.SessionStatus.ASSIGNED;
import static dev.towline.tracking.SessionStatus.EN_ROUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.dynamo.Fault;
import dev.towline.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A vehicle sets off once and arrives once, whichever instances take its fixes, how often, in which order, and what fails. */
class ArrivalAcrossInstancesIT {

    private static final int SECONDS_BETWEEN = 8;
    private static final int METERS_PER_SECOND = 25;
    private static final int YARD_METERS = 2_500;

    /** When its fixes are first within 75 m, and when they have been so for 30 s. */
    private static final int NEAR = 104;

    private static final int ARRIVES = 136;

    private final Intakes intakes = new Intakes();
    private final SessionKey session = intakes.begin();

    @AfterEach
    void close() {
        intakes.close();
    }

    /** Every second request of any kind meets the fault. */
    @ParameterizedTest
    @MethodSource("dev.towline.tracking.IntakeFaultsIT#faults")
    void setsOffOnceAndArrivesOnce(Fault fault) {
        Phone phone = new Phone(session, instance(), instance());
        intakes.disturb(fault);
        List<LocationInput> sent = new ArrayList<>();
        List<LocationInput> buffered = new ArrayList<>();
        for (LocationInput fix : drive()) {
            if (isInTunnel(fix)) {
                buffered.add(fix);
            } else {
                phone.send(fix);
                sent.add(fix);
                if (sent.size() % 7 == 0) {
                    assertThat(phone.send(sent.subList(sent.size() - 7, sent.size())))
                            .as("sent again")
                            .containsOnly(DUPLICATE);
                }
            }
        }
        assertThat(phone.send(buffered)).isSubsetOf(LATE, DUPLICATE);
        assertThat(phone.send(drive())).as("sent again").containsOnly(DUPLICATE);
        phone.send(north(300, YARD_METERS, 5.0), north(400, 0, 5.0), north(440, 0, 5.0));
        intakes.tables.faulty().calm();

        assertStepsFollow(phone);
    }

    /** The intake of an instance decides on a state from before the step at first. */
    @Test
    void aStepThatADispatcherSetIsNotSetAgain() {
        Intake one = instance();
        Intake other = instance();
        intakes.take(one, session, north(0, YARD_METERS, 5.0));
        intakes.take(other, session, north(1, YARD_METERS, 5.0));
        set(EN_ROUTE);
        intakes.take(one, session, north(60, 1_000, 5.0));
        intakes.take(other, session, north(100, 10, 5.0));
        set(ARRIVED);
        intakes.take(one, session, north(140, 10, 5.0));
        intakes.take(other, session, north(180, 10, 5.0));

        assertThat(statuses()).containsExactly(ASSIGNED, EN_ROUTE, ARRIVED);
    }

    private void assertStepsFollow(Phone phone) {
        List<StatusChange> steps = intakes.stored(session).steps();
        assertThat(statuses()).containsExactly(ASSIGNED, EN_ROUTE, ARRIVED);
        Map<Instant, Integer> numbers = new HashMap<>(phone.told());
        Map<Integer, Instant> times = new HashMap<>();
        intakes.trail(session).forEach(location -> {
            Integer sequence = location.sequence();
            if (sequence != null) {
                assertThat(numbers.getOrDefault(location.recordedAt(), sequence))
                        .isEqualTo(sequence);
                numbers.put(location.recordedAt(), sequence);
                times.put(sequence, location.recordedAt());
            }
        });
        assertThat(times)
                .as("the fixes that the steps follow")
                .containsEntry(steps.get(1).sequence() - 1, at(8))
                .containsEntry(steps.get(2).sequence() - 1, at(ARRIVES));
        assertThat(Stream.concat(numbers.values().stream(), steps.stream().map(StatusChange::sequence)))
                .as("numbers of fixes and steps")
                .doesNotHaveDuplicates();
    }

    /** To the incident, and until 200 s beside it. */
    private static List<LocationInput> drive() {
        return IntStream.range(0, 200 / SECONDS_BETWEEN)
                .map(i -> i * SECONDS_BETWEEN)
                .mapToObj(second -> north(second, Math.max(second % 3, YARD_METERS - METERS_PER_SECOND * second), 5.0))
                .toList();
    }

    /** Without a connection: far away, just before the vehicle is near, and while it stays there. */
    private static boolean isInTunnel(LocationInput fix) {
        return Stream.of(24, NEAR - 20, NEAR + 8)
                .anyMatch(from ->
                        !fix.recordedAt().isBefore(at(from)) && fix.recordedAt().isBefore(at(from + 20)));
    }

    private Intake instance() {
        return intakes.instance(Drives.settings(true));
    }

    private void set(SessionStatus status) {
        intakes.store.write(new Write<>(Sessions.TABLE, intakes.stored(session).in(status, Intakes.NOW)));
    }

    private List<SessionStatus> statuses() {
        return intakes.stored(session).steps().stream()
                .map(StatusChange::status)
                .toList();
    }
}
