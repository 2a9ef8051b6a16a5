package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.begun;
import static dev.towline.tracking.Drives.moved;
import static dev.towline.tracking.Drives.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrackingSessionTests {

    private final TrackingSession begun = begun();
    private final TrackingSession underway = begun.in(SessionStatus.EN_ROUTE, at(10));

    @Test
    void beginsAssigned() {
        assertThat(begun.status()).isEqualTo(SessionStatus.ASSIGNED);
        assertThat(begun.sequence()).isEqualTo(1);
        assertThat(begun.version()).isEqualTo(1);
        assertThat(begun.endedAt()).isNull();
        assertThat(begun.currentLocation()).isNull();
    }

    @Test
    void numbersStepsAndLocationsTogether() {
        TrackingSession moved = moved(underway, numbered(4, 20));
        TrackingSession arrived = moved.in(SessionStatus.ARRIVED, at(30));

        assertThat(arrived.sequence()).isEqualTo(5);
        assertThat(arrived.version()).isEqualTo(4);
        assertThat(arrived.updatedAt()).isEqualTo(at(30));
        assertThat(arrived.currentLocation()).isEqualTo(numbered(4, 20));
        assertThat(arrived.startedAt()).isEqualTo(Drives.START);
    }

    @Test
    void remembersItsStatusAsOfEachSequence() {
        TrackingSession arrived = moved(underway, numbered(4, 20)).in(SessionStatus.ARRIVED, at(30));
        assertThat(arrived.statusAt(1)).isEqualTo(SessionStatus.ASSIGNED);
        assertThat(arrived.statusAt(2)).isEqualTo(SessionStatus.EN_ROUTE);
        assertThat(arrived.statusAt(4)).isEqualTo(SessionStatus.EN_ROUTE);
        assertThat(arrived.statusAt(5)).isEqualTo(SessionStatus.ARRIVED);
    }

    @Test
    void hasEndedWithItsLastStep() {
        assertThat(underway.endedAt()).isNull();
        assertThat(underway.in(SessionStatus.CANCELLED, at(40)).endedAt()).isEqualTo(at(40));
    }

    @Test
    void hasAnEtaFromItsLocation() {
        assertThat(underway.eta()).isNull();
        TrackingSession moved = moved(underway, numbered(3, 20));
        assertThat(moved.eta()).isEqualTo(Eta.of(numbered(3, 20), SessionStatus.EN_ROUTE));
        assertThat(moved.in(SessionStatus.ARRIVED, at(30)).eta()).isNull();
    }
}
