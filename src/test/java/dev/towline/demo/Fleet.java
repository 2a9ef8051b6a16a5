package dev.towline.demo;

import dev.towline.demo.Api.ActiveSession;
import dev.towline.demo.city.City;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vehicles that drive: job, way, arrival, work, rest, next job. It does nothing by itself; whoever has it calls {@link #tick()} when
 * that is due. What happens depends on the seed, on the time, and on what others do to its vendors and incidents, and on nothing else.
 * Blocking, for one thread.
 */
final class Fleet {

    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    private static final Duration STOCK_INTERVAL = Duration.ofMinutes(1);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT_IN_TROUBLE = Duration.ofSeconds(30);

    /** What the vehicle that is farthest has behind it when all begin. */
    private static final double MAX_PART_GONE = 0.7;

    private final Api api;
    private final Dispatch dispatch;
    private final InstantSource clock;
    private final DemoSettings settings;
    private final SplittableRandom random;
    private final List<Vehicle> vehicles = new ArrayList<>();
    private boolean beginsMidway;
    private Instant stockAt = Instant.MIN;
    private int troubles;

    Fleet(Api api, City city, InstantSource clock, DemoSettings settings) {
        this.api = api;
        this.dispatch = new Dispatch(api, city);
        this.clock = clock;
        this.settings = settings;
        this.random = new SplittableRandom(settings.seed());
    }

    /** Does what is due. Never throws for what the service does. Returns when to call again. */
    Instant tick() {
        try {
            if (vehicles.isEmpty()) {
                settle(clock.instant());
            }
            for (Vehicle vehicle : List.copyOf(vehicles)) {
                Instant now = clock.instant();
                if (!vehicle.dueAt().isAfter(now)) {
                    serve(vehicle, now);
                }
            }
            if (!stockAt.isAfter(clock.instant())) {
                dispatch.stock(random);
                stockAt = clock.instant().plus(STOCK_INTERVAL);
            }
            troubles = 0;
            return nextTick();
        } catch (ApiFailure failure) {
            return trouble(failure);
        }
    }

    /** Finds out what a run before has left, and takes it on. */
    private void settle(Instant now) {
        dispatch.available();
        List<ActiveSession> left = api.activeSessions().stream()
                .filter(session -> dispatch.isOfTheFleet(session.vendorId()))
                .sorted(Comparator.comparing(ActiveSession::vendorId))
                .toList();
        for (int i = 0; i < Math.max(left.size(), settings.vehicles()); i++) {
            Vehicle vehicle = new Vehicle(i, settings.seed(), now);
            if (i < left.size()) {
                vehicle.take(dispatch.adopt(vehicle, left.get(i), now), now);
            }
            vehicles.add(vehicle);
        }
        beginsMidway = left.isEmpty();
        LOG.info("Demo fleet: {} vehicles drive, {} of them on jobs of the run before", vehicles.size(), left.size());
    }

    private void serve(Vehicle vehicle, Instant now) {
        try {
            Job job = vehicle.job() == null ? findJob(vehicle, now) : vehicle.job();
            if (job != null) {
                goOn(vehicle, job, now);
            }
        } catch (ApiFailure failure) {
            if (!failure.isRefusal()) {
                throw failure;
            }
            // somebody else has taken the vendor, or done something to the session
            LOG.debug("Let go of a job", failure);
            vehicle.restUntil(now.plus(vehicle.between(5, 15)));
        }
    }

    private @Nullable Job findJob(Vehicle vehicle, Instant now) {
        if (vehicle.index() >= settings.vehicles()) {
            vehicles.remove(vehicle);
            return null;
        }
        Job job = dispatch.next(vehicle, now, partGone(vehicle));
        if (job == null) {
            vehicle.restUntil(now.plus(vehicle.between(5, 15)));
        } else {
            vehicle.take(job, now);
        }
        return job;
    }

    /** When the whole fleet begins, its vehicles do not all stand at the start. */
    private double partGone(Vehicle vehicle) {
        return beginsMidway && !vehicle.hasDriven() ? MAX_PART_GONE * vehicle.index() / settings.vehicles() : 0;
    }

    private void goOn(Vehicle vehicle, Job job, Instant now) {
        job.tell(api, now);
        if (job.isOver()) {
            vehicle.restUntil(now.plus(vehicle.between(20, 120)));
            return;
        }
        Instant next = job.next(now);
        Instant soonest = now.plus(SHORTEST_WAIT);
        vehicle.waitUntil(next.isBefore(soonest) ? soonest : next);
    }

    private Instant nextTick() {
        return vehicles.stream().map(Vehicle::dueAt).reduce(stockAt, (one, other) -> one.isBefore(other) ? one : other);
    }

    private Instant trouble(ApiFailure failure) {
        if (troubles == 0) {
            LOG.warn("Demo fleet: the service is in trouble, trying again: {}", failure.getMessage());
        }
        Duration wait = Duration.ofSeconds(1L << Math.min(troubles++, 10));
        return clock.instant().plus(wait.compareTo(LONGEST_WAIT_IN_TROUBLE) < 0 ? wait : LONGEST_WAIT_IN_TROUBLE);
    }
}
