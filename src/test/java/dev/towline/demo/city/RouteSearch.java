package dev.towline.demo.city;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private record State(int crossing, Axis cameBy) {}

    private record Step(Leg leg, double seconds, @Nullable Step before) {

        Crossing crossing() {
            return leg.street().to();
        }

        State state() {
            return new State(crossing().index(), leg.street().axis());
        }
    }

    private final City city;
    private final Map<State, Step> settled = new HashMap<>();
    private final PriorityQueue<Step> open = new PriorityQueue<>(Comparator.comparingDouble(Step::seconds));

    RouteSearch(City city) {
        this.city = city;
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
        settleAll();
        return route(arrival(to), arrival(to.reversed()));
    }

    private void leave(Place place) {
        Leg leg = new Leg(place.street(), place.metersAlong(), place.street().meters());
        open.add(new Step(leg, seconds(leg), null));
    }

    private void settleAll() {
        for (Step step = open.poll(); step != null; step = open.poll()) {
            if (settled.putIfAbsent(step.state(), step) == null) {
                for (Street street : city.leaving(step.crossing())) {
                    open.add(goOn(step, new Leg(street, 0, street.meters())));
                }
            }
        }
    }

    private static Step goOn(Step step, Leg leg) {
        double turn = step.leg().street().axis() == leg.street().axis() ? 0 : TURN_SECONDS;
        double lights = step.crossing().signalled() ? LIGHTS_SECONDS : 0;
        return new Step(leg, step.seconds() + turn + lights + seconds(leg), step);
    }

    /** The quickest way to the place from the beginning of its street. */
    private Step arrival(Place place) {
        Leg last = new Leg(place.street(), 0, place.metersAlong());
        return Arrays.stream(Axis.values())
                .map(axis -> settled.get(new State(place.street().from().index(), axis)))
                .filter(Objects::nonNull)
                .map(step -> goOn(step, last))
                .min(Comparator.comparingDouble(Step::seconds))
                .orElseThrow();
    }

    private static Route route(Step one, Step other) {
        Deque<Leg> legs = new ArrayDeque<>();
        for (Step step = one.seconds() <= other.seconds() ? one : other; step != null; step = step.before()) {
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
