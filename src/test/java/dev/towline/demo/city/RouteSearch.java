package dev.towline.demo.city;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the quickest way by Dijkstra's algorithm. A state is a crossing and the axis that one came by, because turning takes time;
 * without it the way through a grid would be a staircase. For one search.
 */
final class RouteSearch {

    private static final double TURN_SECONDS = 9;
    private static final double LIGHTS_SECONDS = 8;
    private static final double NEGLIGIBLE_METERS = 0.01;

    private record Step(Leg leg, double seconds, @Nullable Step before) {

        Crossing crossing() {
            return leg.street().to();
        }

        int state() {
            return crossing().index() * 2 + (leg.street().axis() == Axis.NORTH_SOUTH ? 0 : 1);
        }
    }

    private final City city;
    /** Of each state, two for a crossing, the quickest way there that was found so far. */
    private final double[] soonest;

    private final PriorityQueue<Step> open = new PriorityQueue<>(Comparator.comparingDouble(Step::seconds));

    RouteSearch(City city) {
        this.city = city;
        this.soonest = new double[city.crossings() * 2];
        Arrays.fill(soonest, Double.POSITIVE_INFINITY);
    }

    Route quickest(Place from, Place to) {
        for (Place start : List.of(from, from.reversed())) {
            for (Place end : List.of(to, to.reversed())) {
                if (start.street().equals(end.street()) && start.metersAlong() <= end.metersAlong()) {
                    return new Route(List.of(new Leg(start.street(), start.metersAlong(), end.metersAlong())));
                }
            }
        }
        leave(from);
        leave(from.reversed());
        return route(arrive(to));
    }

    private void leave(Place place) {
        Leg leg = new Leg(place.street(), place.metersAlong(), place.street().meters());
        consider(new Step(leg, seconds(leg), null));
    }

    private Step arrive(Place place) {
        List<Place> ends = List.of(place, place.reversed());
        Step arrived = null;
        for (Step step = open.poll(); step != null && isBetter(step, arrived); step = open.poll()) {
            if (step.seconds() > soonest[step.state()]) {
                continue;
            }
            for (Place end : ends) {
                if (end.street().from().index() == step.crossing().index()) {
                    Step last = goOn(step, new Leg(end.street(), 0, end.metersAlong()));
                    arrived = isBetter(last, arrived) ? last : arrived;
                }
            }
            for (Street street : city.leaving(step.crossing())) {
                consider(goOn(step, new Leg(street, 0, street.meters())));
            }
        }
        return Objects.requireNonNull(arrived, "every place can be reached");
    }

    private void consider(Step step) {
        if (step.seconds() < soonest[step.state()]) {
            soonest[step.state()] = step.seconds();
            open.add(step);
        }
    }

    private static boolean isBetter(Step step, @Nullable Step other) {
        return other == null || step.seconds() < other.seconds();
    }

    private static Step goOn(Step step, Leg leg) {
        double turn = step.leg().street().axis() == leg.street().axis() ? 0 : TURN_SECONDS;
        double lights = step.crossing().signalled() ? LIGHTS_SECONDS : 0;
        return new Step(leg, step.seconds() + turn + lights + seconds(leg), step);
    }

    private static Route route(Step arrived) {
        Deque<Leg> legs = new ArrayDeque<>();
        for (Step step = arrived; step != null; step = step.before()) {
            if (step.leg().meters() > NEGLIGIBLE_METERS || legs.isEmpty()) {
                legs.addFirst(step.leg());
            }
        }
        return new Route(new ArrayList<>(legs));
    }

    private static double seconds(Leg leg) {
        return leg.meters() / leg.street().limitMetersPerSecond();
    }
}
