package dev.towline.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.geo.GeoPoint;
import dev.towline.store.Revision;
import dev.towline.viewer.Disclosure;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentAccessTests {

    private static final Tenant ACME = new Tenant("acme");
    private static final Instant END = Instant.parse("2026-03-21T14:00:00Z");
    private static final Incident REPORTED = new Incident(
            new IncidentKey(ACME, "i1"),
            Revision.first(),
            IncidentKind.TIRE,
            IncidentStatus.REPORTED,
            new GeoPoint(30, -97),
            "at the bridge",
            "caller",
            END.minusSeconds(600),
            END.minusSeconds(600),
            null,
            null);

    private Instant now = END;
    private final IncidentAccess access = new IncidentAccess(() -> now);

    /** A session of the incident, or of another one. */
    private record Session(String incidentId, boolean belongsToActiveSession) implements Disclosure {

        @Override
        public boolean shows(String kind, String id, int version) {
            return kind.equals("incident") && id.equals(incidentId);
        }
    }

    @Test
    void isSeenByItsCallerForAnHourAfterTheEnd() {
        Viewer caller = viewer(Role.CALLER, "caller");
        for (Incident ended : new Incident[] {REPORTED.resolved(END), REPORTED.cancelled("no need", END)}) {
            now = END.plus(Duration.ofMinutes(60)).minusMillis(1);
            assertThat(access.visible(ended, caller)).isEqualTo(ended);
            now = END.plus(Duration.ofMinutes(60));
            assertThat(access.visible(ended, caller)).isNull();
        }
        assertThat(access.visible(REPORTED, caller)).as("while it is active").isEqualTo(REPORTED);
        assertThat(access.visible(REPORTED, viewer(Role.CALLER, "other"))).isNull();
    }

    /** Subjects of different roles are different people. */
    @Test
    void isNotSeenByAVendorWithTheSubjectOfTheCaller() {
        assertThat(access.visible(REPORTED, viewer(Role.VENDOR, "caller"))).isNull();
        assertThat(access.visible(REPORTED, viewer(Role.GUEST, "caller"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "VENDOR, true, at the bridge",
        "VENDOR, false,",
        "GUEST, true,",
        "GUEST, false,",
        "DISPATCHER, false, at the bridge"
    })
    void showsItsDescriptionWithinASessionToWhoNeedsIt(Role role, boolean isActive, String description) {
        assertThat(access.visibleWithin(new Session("i1", isActive), REPORTED, viewer(role, "v1")))
                .extracting(Incident::description)
                .isEqualTo(description);
    }

    /** Also where another vendor has taken over. */
    @ParameterizedTest
    @CsvSource({"VENDOR, true, true", "VENDOR, false, false", "DISPATCHER, false, true"})
    void showsItsPositionToAVendorOnlyDuringItsSession(Role role, boolean isActive, boolean isSeen) {
        Incident assigned = REPORTED.assigned("s2", END);
        Viewer viewer = viewer(role, "v1");
        Incident seen = Objects.requireNonNull(access.visibleWithin(new Session("i1", isActive), assigned, viewer));

        @Nullable GeoPoint position = new IncidentPosition().visibleWithin(seen, seen.position(), viewer);

        assertThat(position).isEqualTo(isSeen ? REPORTED.position() : null);
        assertThat(seen.status()).isEqualTo(IncidentStatus.ASSIGNED);
        assertThat(seen.version()).isEqualTo(2);
    }

    @Test
    void isNotSeenWithinAnObjectOfAnotherIncident() {
        assertThat(access.visibleWithin(new Session("i2", true), REPORTED, viewer(Role.VENDOR, "v1")))
                .isNull();
        assertThat(access.visibleWithin("anything", REPORTED, viewer(Role.GUEST, "v1")))
                .isNull();
    }

    private static Viewer viewer(Role role, String subject) {
        return new Viewer(role, subject, ACME);
    }
}
