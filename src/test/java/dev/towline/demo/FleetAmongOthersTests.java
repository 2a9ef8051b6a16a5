package dev.towline.demo;

import static dev.towline.demo.FleetCourse.VEHICLES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.demo.PretendService.Session;
import dev.towline.geo.GeoPoint;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the fleet does when somebody else acts, or the service or the fleet was away. */
class FleetAmongOthersTests {

    private final FleetCourse course = new FleetCourse(1);

    @BeforeEach
    void begin() {
        course.tick();
    }

    @Test
    void keepsTheWaitingIncidentsUntilSomebodyTakesOne() {
        List<Api.OpenIncident> waiting = course.service.openIncidents().newest();
        course.pass(Duration.ofHours(1));
        assertThat(course.service.openIncidents().newest()).isEqualTo(waiting);

        course.service.start(waiting.getFirst().id(), "demo-vendor-40", null);
        course.pass(Duration.ofMinutes(2));
        assertThat(course.service.openIncidents().newest())
                .hasSize(Dispatch.WAITING)
                .containsAll(waiting.subList(1, 4));
    }

    @Test
    void leavesAloneWhatSomebodyDoesWithAFreeVendor() {
        String session = course.service.start(
                course.service.openIncidents().newest().getFirst().id(), "demo-vendor-33", null);
        course.service.move(session, course.service.active().getFirst().trail());
        course.service.log.clear();
        course.pass(Duration.ofMinutes(10));
        course.restart(1, VEHICLES);
        course.pass(Duration.ofMinutes(10));
        assertThat(course.service.log).noneMatch(line -> line.contains(" " + session + " "));
    }

    @Test
    void choosesAnotherVendorWhenSomebodyWasFaster() {
        Session first = course.service.active().getFirst();
        course.service.vendorsAreSnatched = true;
        course.passUntil(first, Stage.COMPLETED);
        course.pass(Duration.ofMinutes(5));
        assertThat(course.service.incidents.size()).isLessThanOrEqualTo(VEHICLES + Dispatch.WAITING + 1);
        course.service.vendorsAreSnatched = false;
        course.pass(Duration.ofMinutes(5));
        assertThat(course.service.active()).hasSizeGreaterThan(VEHICLES - 4);
        assertThat(course.service.openIncidents().newest()).hasSize(Dispatch.WAITING);
    }

    @Test
    void letsGoOfASessionThatSomebodyEnds() {
        Session taken = course.service.active().getFirst();
        course.service.advance(taken.id(), Stage.CANCELLED);
        course.service.log.clear();
        course.pass(Duration.ofMinutes(3));
        assertThat(course.service.log).noneMatch(line -> line.contains(" " + taken.id() + " "));
        assertThat(course.service.active()).hasSize(VEHICLES);
        // its incident is not left over
        assertThat(course.service.openIncidents().newest()).hasSize(Dispatch.WAITING);
    }

    @Test
    void goesOnWithASessionThatSomebodyTookFurther() {
        Session taken = course.service.active().getFirst();
        course.service.advance(taken.id(), Stage.IN_SERVICE);
        course.passUntil(taken, Stage.COMPLETED);
        assertThat(course.service.log).doesNotContain("advance " + taken.id() + " ARRIVED");
    }

    @Test
    void sendsWhatItMissedAfterTheServiceWasAway() {
        course.pass(Duration.ofMinutes(1));
        course.service.down = true;
        course.pass(Duration.ofMinutes(4));
        course.service.down = false;
        course.service.log.clear();
        course.pass(Duration.ofMinutes(1));
        assertThat(course.service.log).anyMatch(line -> line.matches("move s\\d+ [4-9]\\d .*"));
        course.assertAFixEveryFiveSecondsAndNoLeaps();
    }

    @Test
    void waitsLongerAndLongerForAServiceThatIsAway() {
        course.service.down = true;
        course.sleep(Duration.ofSeconds(10));
        assertThat(course.tick()).isEqualTo(course.now().plusSeconds(1));
        assertThat(course.tick()).isEqualTo(course.now().plusSeconds(2));
        for (int i = 0; i < 100; i++) {
            course.tick();
        }
        assertThat(course.tick()).isEqualTo(course.now().plusSeconds(30));
    }

    @Test
    void startsOnceTheServiceIsThere() {
        FleetCourse late = new FleetCourse(1);
        late.service.down = true;
        late.pass(Duration.ofSeconds(30));
        late.service.down = false;
        late.pass(Duration.ofSeconds(40));
        assertThat(late.service.active()).hasSize(VEHICLES);
    }

    @Test
    void takesUpAfterARestartWhereItWas() {
        course.pass(Duration.ofMinutes(8));
        List<Session> before = course.service.active();
        Map<String, GeoPoint> places = before.stream().collect(Collectors.toMap(Session::id, Session::vehicle));
        assertThat(before).extracting(Session::stage).contains(Stage.EN_ROUTE, Stage.IN_SERVICE);
        course.service.log.clear();
        course.sleep(Duration.ofHours(3));
        course.restart(5, VEHICLES);
        course.tick();

        assertThat(course.service.log).noneMatch(line -> line.startsWith("register"));
        assertThat(course.service.active())
                .extracting(Session::id)
                .containsAll(places.keySet())
                .hasSize(VEHICLES);
        before.forEach(session -> assertThat(session.vehicle()
                        .distanceTo(Objects.requireNonNull(places.get(session.id())))
                        .value())
                .isLessThan(30));

        course.pass(Duration.ofMinutes(45));
        assertThat(places.keySet()).allMatch(id -> course.service.session(id).stage() == Stage.COMPLETED);
        assertThat(course.service.openIncidents().newest()).hasSize(Dispatch.WAITING);
    }

    @Test
    void isSmallerAfterARestartOnceTheOldJobsAreDone() {
        course.restart(1, 2);
        Set<Integer> sizes = new HashSet<>();
        for (int minute = 0; minute < 60; minute++) {
            course.pass(Duration.ofMinutes(1));
            sizes.add(course.service.active().size());
        }
        assertThat(sizes).contains(VEHICLES, 2).doesNotContain(VEHICLES + 1);
        assertThat(course.service.active()).hasSizeLessThanOrEqualTo(2);
    }
}
