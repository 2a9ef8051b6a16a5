package dev.towline.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SessionAccessTests {

    private static final Instant END = Drives.at(900);

    private static final TrackingSession ACTIVE =
            Drives.moved(Drives.begun(), Drives.numbered(2, 10)).reportedBy(Drives.CALLER);
    private static final TrackingSession ENDED = ACTIVE.in(SessionStatus.COMPLETED, END);

    private Instant now = END;
    private final SessionAccess access = new SessionAccess(() -> now);

    @ParameterizedTest
    @CsvSource({"CALLER, PT59M59.999S, PT1H", "GUEST, PT4M59.999S, PT5M"})
    void isSeenForSomeTimeAfterTheEnd(Role role, Duration lastSeen, Duration hidden) {
        Viewer viewer = Drives.outsider(role, ACTIVE.key());
        now = END.plus(lastSeen);
        assertThat(access.visible(ENDED, viewer)).isNotNull();
        now = END.plus(hidden);
        assertThat(access.visible(ENDED, viewer)).isNull();
        assertThat(access.visible(ACTIVE, viewer)).as("while it is active").isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"CALLER", "GUEST"})
    void hasNoLocationAfterTheEnd(Role role) {
        Viewer viewer = Drives.outsider(role, ACTIVE.key());
        assertThat(access.visible(ACTIVE, viewer)).isEqualTo(ACTIVE);

        TrackingSession seen = Objects.requireNonNull(access.visible(ENDED, viewer));

        assertThat(seen.currentLocation()).isNull();
        assertThat(seen.eta()).isNull();
        assertThat(seen.tail()).isEqualTo(Tail.EMPTY);
        assertThat(seen.status()).isEqualTo(SessionStatus.COMPLETED);
    }

    /** A slow subscriber gets it later, with the state from after the end. */
    @ParameterizedTest
    @EnumSource(names = {"CALLER", "GUEST"})
    void noUpdateTellsALocationAfterTheEnd(Role role) {
        Viewer viewer = Drives.outsider(role, ACTIVE.key());
        for (TrackingUpdate update : Drives.updates(ENDED).since(0, NumberedFixes.of(ACTIVE.tail(), List.of()))) {
            TrackingUpdate seen = Objects.requireNonNull(access.visible(update, viewer));
            assertThat(seen.location()).isNull();
            assertThat(seen.eta()).isNull();
            assertThat(seen.session().currentLocation()).isNull();
        }
    }

    @Test
    void noUpdateComesWhenTheRightHasEnded() {
        now = END.plus(Duration.ofHours(1));
        TrackingUpdate last = Drives.updates(ENDED).snapshot().getLast();

        assertThat(access.visible(last, Drives.outsider(Role.CALLER, ACTIVE.key())))
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"VENDOR", "CALLER", "GUEST"})
    void isNotSeenByOthers(Role role) {
        Viewer stranger = new Viewer(role, "stranger", new Tenant("acme"), "another-session");

        assertThat(access.visible(ACTIVE, stranger)).isNull();
    }

    @Test
    void isSeenByNoCallerIfItIsNotKnownWhoReported() {
        TrackingSession old = Drives.begun();

        assertThat(old.callerId()).isNull();
        assertThat(access.visible(old, Drives.outsider(Role.CALLER, old.key()))).isNull();
    }
}
