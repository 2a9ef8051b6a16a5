package dev.towline.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.geo.GeoPoint;
import dev.towline.store.Revision;
import dev.towline.vendor.Vendor.Profile;
import dev.towline.viewer.Tenant;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VendorTests {

    private static final Instant THEN = Instant.parse("2026-03-21T14:05:09.120Z");
    private static final Instant NOW = THEN.plusSeconds(60);
    private static final GeoPoint YARD = new GeoPoint(30, -97);
    private static final GeoPoint ELSEWHERE = new GeoPoint(31, -96);

    private final Vendor idle = new Vendor(
            new VendorKey(new Tenant("acme"), "v1"),
            Revision.first(),
            new Profile("Ace", "1", List.of(Capability.TOWING), 4.5, 50),
            Availability.AVAILABLE,
            YARD,
            THEN,
            null);

    @ParameterizedTest
    @EnumSource
    void isBusyOnAJobWhateverItDeclares(Availability declared) {
        Vendor onAJob = idle.assigned("s1", NOW).declaring(declared, YARD, NOW);
        assertThat(onAJob.availability()).isEqualTo(Availability.BUSY);
        assertThat(onAJob.released(null, NOW).availability()).isEqualTo(declared);
    }

    @Test
    void holdsItsSessionUntilItIsReleased() {
        Vendor assigned = idle.assigned("s1", NOW);
        assertNext(assigned, idle);
        assertThat(assigned.activeSessionId()).isEqualTo("s1");
        assertThat(assigned.with(idle.profile(), ELSEWHERE, NOW).activeSessionId())
                .isEqualTo("s1");
        assertThat(assigned.released(null, NOW).activeSessionId()).isNull();
    }

    @Test
    void isWhereItsJobEnded() {
        Vendor assigned = idle.assigned("s1", NOW);
        assertNext(assigned.released(ELSEWHERE, NOW), assigned);
        assertThat(assigned.released(ELSEWHERE, NOW).position()).isEqualTo(ELSEWHERE);
        assertThat(assigned.released(null, NOW).position()).isEqualTo(YARD);
    }

    @Test
    void changesItsProfileAndNothingElse() {
        Profile other = new Profile("Ace & Sons", null, List.of(), null, 10);
        Vendor changed = idle.with(other, ELSEWHERE, NOW);
        assertNext(changed, idle);
        assertThat(changed.profile()).isEqualTo(other);
        assertThat(changed.position()).isEqualTo(ELSEWHERE);
        assertThat(changed.availability()).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    void staysAsItIsIfItSaysTheSameAgain() {
        Profile same = new Profile("Ace", "1", List.of(Capability.TOWING, Capability.TOWING), 4.5, 50);
        assertThat(idle.with(same, new GeoPoint(30, -97), NOW)).isSameAs(idle);
        assertThat(idle.declaring(Availability.AVAILABLE, new GeoPoint(30, -97), NOW))
                .isSameAs(idle);
        assertNext(idle.declaring(Availability.AVAILABLE, ELSEWHERE, NOW), idle);
        assertNext(idle.with(same, ELSEWHERE, NOW), idle);
        Vendor onAJob = idle.assigned("s1", THEN);
        assertThat(onAJob.declaring(Availability.AVAILABLE, YARD, NOW)).isSameAs(onAJob);
        assertNext(onAJob.declaring(Availability.BUSY, YARD, NOW), onAJob);
    }

    @Test
    void listsEachCapabilityOnce() {
        Profile profile = new Profile(
                "Ace", null, List.of(Capability.WINCHING, Capability.TOWING, Capability.WINCHING), null, 10);
        assertThat(profile.capabilities()).containsExactly(Capability.TOWING, Capability.WINCHING);
    }

    private static void assertNext(Vendor next, Vendor before) {
        assertThat(next.version()).isEqualTo(before.version() + 1);
        assertThat(next.updatedAt()).isEqualTo(NOW);
        assertThat(next.key()).isEqualTo(before.key());
    }
}
