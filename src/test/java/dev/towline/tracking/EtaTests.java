package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EtaTests {

    @ParameterizedTest
    @EnumSource
    void isKnownOnTheWayOnly(SessionStatus status) {
        boolean underway = status == SessionStatus.ASSIGNED || status == SessionStatus.EN_ROUTE;
        assertThat(Eta.of(numbered(2, 10), status) != null).isEqualTo(underway);
    }

    @Test
    void arrivesWhatRemainsAfterTheFix() {
        TrackedLocation fix = Drives.location(10).withNumber(2, new Remaining(90, 1_234.56));
        assertThat(Eta.of(fix, SessionStatus.EN_ROUTE)).isEqualTo(new Eta(at(100), 90, 1_234.6));
    }

    @Test
    void isUnknownWithoutALocationOrAnEstimate() {
        assertThat(Eta.of(null, SessionStatus.EN_ROUTE)).isNull();
        assertThat(Eta.of(Drives.location(10), SessionStatus.EN_ROUTE)).isNull();
    }
}
