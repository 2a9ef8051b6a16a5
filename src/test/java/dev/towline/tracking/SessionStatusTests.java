package dev.towline.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SessionStatusTests {

    @ParameterizedTest
    @CsvSource(
            useHeadersInDisplayName = true,
            value = {
                "FROM,       ASSIGNED, EN_ROUTE, ARRIVED, IN_SERVICE, COMPLETED, CANCELLED",
                "ASSIGNED,   no,       yes,      yes,     yes,        yes,       yes",
                "EN_ROUTE,   no,       no,       yes,     yes,        yes,       yes",
                "ARRIVED,    no,       no,       no,      yes,        yes,       yes",
                "IN_SERVICE, no,       no,       no,      no,         yes,       yes",
                "COMPLETED,  no,       no,       no,      no,         no,        no",
                "CANCELLED,  no,       no,       no,      no,         no,        no"
            })
    void goesForwardOnly(
            SessionStatus from,
            String assigned,
            String enRoute,
            String arrived,
            String inService,
            String completed,
            String cancelled) {
        String[] expected = {assigned, enRoute, arrived, inService, completed, cancelled};
        String[] actual = Arrays.stream(SessionStatus.values())
                .map(next -> from.mayBecome(next) ? "yes" : "no")
                .toArray(String[]::new);
        assertThat(actual).containsExactly(expected);
    }

    @Test
    void standsInTheOrderOfTheTable() {
        assertThat(SessionStatus.values())
                .extracting(Enum::name)
                .containsExactly("ASSIGNED", "EN_ROUTE", "ARRIVED", "IN_SERVICE", "COMPLETED", "CANCELLED");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "CANCELLED"})
    void endsOnceCompletedOrCancelled(SessionStatus end) {
        assertThat(end.isEnd()).isTrue();
        assertThat(end.isUnderway()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"ASSIGNED", "EN_ROUTE", "ARRIVED", "IN_SERVICE"})
    void isActiveBefore(SessionStatus active) {
        assertThat(active.isEnd()).isFalse();
        assertThat(active.isUnderway()).isEqualTo(active.compareTo(SessionStatus.ARRIVED) < 0);
    }
}
