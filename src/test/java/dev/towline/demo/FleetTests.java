package dev.towline.demo;

import static dev.towline.demo.FleetCourse.CITY;
import static dev.towline.demo.FleetCourse.START;
import static dev.towline.demo.FleetCourse.VEHICLES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.demo.PretendService.Session;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the fleet does when it is left to itself. */
class FleetTests {

    private final FleetCourse course = new FleetCourse(1);

    @BeforeEach
    void begin() {
        course.tick();
    }

    @Test
    void showsLifeAtOnce() {
        assertThat(course.service.vendors).hasSize(40);
        assertThat(course.service.incidents).hasSize(VEHICLES + Dispatch.WAITING);
        assertThat(course.service.openIncidents().newest()).hasSize(Dispatch.WAITING);
        assertThat(course.service.active()).hasSize(VEHICLES).allSatisfy(session -> {
            assertThat(session.stage()).isIn(Stage.ASSIGNED, Stage.EN_ROUTE);
            assertThat(session.trail().getLast().recordedAt()).isBetween(START.minusSeconds(5), START);
        });
        // the one that started last is the one that lasts longest
        assertThat(course.service.log)
                .filteredOn(line -> line.startsWith("start"))
                .first()
                .asString()
                .endsWith(" null");
        assertThat(course.service.active())
                .filteredOn(session -> session.trail().size() > 20)
                .hasSizeGreaterThan(4);
    }

    @Test
    void givesTheSameCourseForTheSameSeed() {
        FleetCourse same = new FleetCourse(1);
        FleetCourse other = new FleetCourse(2);
        List.of(course, same, other).forEach(each -> each.pass(Duration.ofMinutes(40)));
        assertThat(same.service.log).isEqualTo(course.service.log).hasSizeGreaterThan(1_000);
        assertThat(other.service.log).isNotEqualTo(course.service.log);
    }

    /** What the service needs for the same is not in it: that is measured where the whole runs. */
    @Test
    void needsLittleOfACoreForItself() {
        course.pass(Duration.ofMinutes(10));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        course.pass(Duration.ofHours(1));
        Duration used = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
        assertThat(used).isPositive().isLessThan(Duration.ofHours(1).dividedBy(100));
    }

    @Test
    void takesAFixEveryFiveSecondsAndNeverLeaps() {
        course.pass(Duration.ofHours(1));
        course.assertAFixEveryFiveSecondsAndNoLeaps();
    }

    @Test
    void sendsFixesStaggered() {
        course.pass(Duration.ofMinutes(2));
        Set<Long> phases = course.service.active().stream()
                .filter(session -> session.stage() == Stage.EN_ROUTE)
                .map(session -> session.trail().getLast().recordedAt().toEpochMilli() % 5_000 / 500)
                .collect(Collectors.toSet());
        assertThat(phases).hasSizeGreaterThan(3);
    }

    @Test
    void arrivesAtTheIncidentWorksAndTakesTheNextJob() {
        Session first = course.service.active().getFirst();
        course.passUntil(first, Stage.ARRIVED);
        assertThat(first.vehicle()
                        .distanceTo(course.service.incident(first).position())
                        .value())
                .isLessThan(1);
        assertThat(first.trail().getLast().speedMetersPerSecond()).isZero();
        int fixes = first.trail().size();
        course.passUntil(first, Stage.IN_SERVICE);
        course.passUntil(first, Stage.COMPLETED);
        assertThat(first.trail()).hasSize(fixes);

        course.pass(Duration.ofMinutes(3));
        assertThat(course.service.active()).hasSizeGreaterThan(VEHICLES - 4);
        assertThat(course.service.log)
                .filteredOn(line -> line.startsWith("advance " + first.id() + " "))
                .extracting(line -> line.substring(line.lastIndexOf(' ') + 1))
                .containsExactly("EN_ROUTE", "ARRIVED", "IN_SERVICE", "COMPLETED");
    }

    @Test
    void keepsWithinBoundsForADayAndLeavesVendorsFree() {
        Set<String> free = VendorList.in(CITY).stream()
                .filter(DemoVendor::free)
                .map(DemoVendor::id)
                .collect(Collectors.toSet());
        assertThat(free).hasSizeGreaterThanOrEqualTo(10);
        for (int hour = 0; hour < 24; hour++) {
            course.pass(Duration.ofHours(1));
            assertThat(course.service.incidents).hasSizeBetween(Dispatch.WAITING, VEHICLES + Dispatch.WAITING);
            assertThat(course.service.openIncidents().newest()).hasSize(Dispatch.WAITING);
            assertThat(course.service.active()).hasSizeBetween(VEHICLES - 4, VEHICLES);
            assertThat(course.service.active()).extracting(Session::vendorId).doesNotContainAnyElementsOf(free);
            course.service.log.clear();
        }
        assertThat(course.service.sessions.values())
                .extracting(Session::vendorId)
                .doesNotContainAnyElementsOf(free);
        assertThat(course.service.vendors).hasSize(40);
        assertThat(course.service.sessions).hasSizeBetween(400, 1_000);
    }
}
