package dev.towline.cache.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.cache.Around;
import dev.towline.cache.Thing;
import dev.towline.geo.Cell;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The use of values that another instance computed before a change in their cells. */
class CellWatermarksTests {

    private static final Duration RETENTION = Duration.ofMinutes(5);
    private static final Tenant ACME = Thing.ACME;

    private Instant now = Instant.parse("2026-03-21T14:00:00Z");
    private final CellWatermarks floors = new CellWatermarks(RETENTION, () -> now);

    @Test
    void allowsLaterValuesOnlyAfterTheMaximumClockSkew() {
        assertThat(floors.allows(ACME, Around.AREA, now)).isTrue();
        floors.raise(ACME, Cell.containing(Around.INSIDE));
        assertThat(floors.allows(ACME, Around.AREA, now.minusSeconds(60))).isFalse();
        assertThat(floors.allows(ACME, Around.AREA, now.plusSeconds(1))).isFalse();
        assertThat(floors.allows(ACME, Around.AREA, now.plusSeconds(1).plusMillis(1)))
                .isTrue();
    }

    @Test
    void allowsValuesOfOtherCells() {
        floors.raise(ACME, Cell.containing(Around.FAR_AWAY));
        assertThat(floors.allows(ACME, Around.AREA, now)).isTrue();
        floors.raise(new Tenant("other"), Cell.containing(Around.INSIDE));
        assertThat(floors.allows(ACME, Around.AREA, now)).isTrue();
    }

    @Test
    void aChangeAtAnUnknownPlaceCountsForTheWholeTenant() {
        floors.raise(ACME);
        assertThat(floors.allows(ACME, Around.AREA, now)).isFalse();
        assertThat(floors.allows(new Tenant("other"), Around.AREA, now)).isTrue();
    }

    @Test
    void keepsAWatermarkForItsRetention() {
        floors.raise(ACME, Cell.containing(Around.INSIDE));
        Instant before = now;
        now = now.plus(RETENTION);
        assertThat(floors.allows(ACME, Around.AREA, before)).isFalse();
    }

    @Test
    void allowsNothingAfterWatermarksWereDroppedForSpace() {
        CellWatermarks few = new CellWatermarks(RETENTION, () -> now, 20);
        few.raise(ACME, Cell.containing(Around.INSIDE));
        assertThat(few.allows(ACME, Around.AREA, now.plusSeconds(10))).isTrue();
        few.raise(ACME, Cell.containing(Around.FAR_AWAY));
        assertThat(few.allows(ACME, Around.AREA, now.plusSeconds(10))).isFalse();
        now = now.plus(RETENTION);
        assertThat(few.allows(ACME, Around.AREA, now.plusSeconds(10))).isTrue();
    }
}
