package dev.towline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.demo.PretendService.Session;
import dev.towline.demo.city.City;
import dev.towline.demo.city.Fix;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A fleet on a service in memory, and a clock that goes from one tick to the next. For one thread. */
final class FleetCourse {

    static final City CITY = City.austin();
    static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    static final int VEHICLES = 9;

    private static final double FASTEST = 29.1;

    final PretendService service = new PretendService();
    private Instant now = START;
    private Fleet fleet;

    FleetCourse(long seed) {
        fleet = fleet(seed, VEHICLES);
    }

    /** Another fleet in place of the one before, as after a restart. */
    void restart(long seed, int vehicles) {
        fleet = fleet(seed, vehicles);
    }

    Instant now() {
        return now;
    }

    /** Does what is due now; returns when to call again. */
    Instant tick() {
        return fleet.tick();
    }

    /** Lets time pass without a fleet. */
    void sleep(Duration time) {
        now = now.plus(time);
    }

    void pass(Duration time) {
        Instant end = now.plus(time);
        Instant next = fleet.tick();
        while (next.isBefore(end)) {
            assertThat(next).isAfter(now);
            now = next;
            next = fleet.tick();
        }
        now = end;
    }

    void passUntil(BooleanSupplier happened) {
        Instant end = now.plus(Duration.ofHours(2));
        while (!happened.getAsBoolean()) {
            assertThat(now).isBefore(end);
            pass(Duration.ofSeconds(5));
        }
    }

    void passUntil(Session session, Stage stage) {
        passUntil(() -> service.session(session.id()).stage() == stage);
    }

    void assertAFixEveryFiveSecondsAndNoLeaps() {
        assertThat(service.sessions.values()).allSatisfy(session -> {
            List<Fix> trail = session.trail();
            for (int i = 1; i < trail.size(); i++) {
                Fix before = trail.get(i - 1);
                Fix after = trail.get(i);
                assertThat(Duration.between(before.recordedAt(), after.recordedAt()))
                        .isBetween(Duration.ofMillis(1), Duration.ofSeconds(5));
                assertThat(before.point().distanceTo(after.point()).value()).isLessThan(5 * FASTEST);
            }
        });
    }

    private Fleet fleet(long seed, int vehicles) {
        return new Fleet(service, CITY, () -> now, new DemoSettings(true, seed, vehicles));
    }
}
