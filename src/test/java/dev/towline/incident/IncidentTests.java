package dev.towline.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.geo.GeoPoint;
import dev.towline.store.Revision;
import dev.towline.viewer.Tenant;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IncidentTests {

    private static final Instant CREATED = Instant.parse("2026-03-21T14:05:09.120Z");
    private static final Instant LATER = CREATED.plusSeconds(60);

    private final Incident reported = new Incident(
            new IncidentKey(new Tenant("acme"), "i1"),
            Revision.first(),
            IncidentKind.TIRE,
            IncidentStatus.REPORTED,
            new GeoPoint(30, -97),
            "flat",
            "caller-1",
            CREATED,
            CREATED,
            null,
            null);
    private final Incident assigned = reported.assigned("s1", LATER);

    @Test
    void isAssignedToASession() {
        assertNext(assigned, reported, IncidentStatus.ASSIGNED);
        assertThat(assigned.activeSessionId()).isEqualTo("s1");
    }

    @Test
    void keepsItsSessionWhileTheVendorIsAtWork() {
        Incident inProgress = assigned.inProgress(LATER);
        assertNext(inProgress, assigned, IncidentStatus.IN_PROGRESS);
        assertThat(inProgress.activeSessionId()).isEqualTo("s1");
    }

    @Test
    void isWithoutASessionOnceResolved() {
        Incident resolved = assigned.inProgress(LATER).resolved(LATER);
        assertNext(resolved, assigned.inProgress(LATER), IncidentStatus.RESOLVED);
        assertThat(resolved.activeSessionId()).isNull();
    }

    @Test
    void waitsForAnotherSessionWhenItsOwnWasCalledOff() {
        assertNext(assigned.reopened(LATER), assigned, IncidentStatus.REPORTED);
        assertThat(assigned.reopened(LATER).activeSessionId()).isNull();
    }

    @Test
    void remembersWhyItWasCalledOff() {
        Incident cancelled = assigned.cancelled("drove on", LATER);
        assertNext(cancelled, assigned, IncidentStatus.CANCELLED);
        assertThat(cancelled.activeSessionId()).isNull();
        assertThat(cancelled.cancelReason()).isEqualTo("drove on");
    }

    private static void assertNext(Incident next, Incident before, IncidentStatus status) {
        assertThat(next.status()).isEqualTo(status);
        assertThat(next.version()).isEqualTo(before.version() + 1);
        assertThat(next.updatedAt()).isEqualTo(LATER);
        assertThat(next)
                .usingRecursiveComparison()
                .ignoringFields("revision", "status", "updatedAt", "activeSessionId", "cancelReason")
                .isEqualTo(before);
    }
}
