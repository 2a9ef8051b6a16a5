package dev.towline.demo.city;

import dev.towline.geo.GeoPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** The streets of the city, always the same ones. Immutable. */
public final class City {

    /** No place is as near to a crossing as this part of the street's length. */
    private static final double CLEAR = 0.2;

    private final List<Street> streets;
    private final List<List<Street>> leaving = new ArrayList<>();

    private City(StreetPlan plan) {
        streets = List.copyOf(plan.streets());
        plan.crossings().forEach(_ -> leaving.add(new ArrayList<>()));
        for (Street street : streets) {
            leaving.get(street.from().index()).add(street);
            leaving.get(street.to().index()).add(street.reversed());
        }
    }

    public static City austin() {
        return new City(new StreetPlan());
    }

    /** The place that is nearest to that point. */
    public Place nearest(GeoPoint point) {
        Spot spot = Spot.of(point);
        return streets.stream()
                .map(street -> new Place(street, street.nearest(spot)))
                .min(Comparator.comparingDouble(place -> place.spot().metersTo(spot)))
                .orElseThrow();
    }

    /** A place somewhere between two crossings. */
    public Place anywhere(RandomGenerator random) {
        Street street = streets.get(random.nextInt(streets.size()));
        return new Place(street, street.meters() * random.nextDouble(CLEAR, 1 - CLEAR));
    }

    /** The quickest way. */
    public Route route(Place from, Place to) {
        return new RouteSearch(this).quickest(from, to);
    }

    /** Each in one of its directions. */
    List<Street> streets() {
        return streets;
    }

    /** The streets that leave a crossing. */
    List<Street> leaving(Crossing crossing) {
        return leaving.get(crossing.index());
    }

    int crossings() {
        return leaving.size();
    }
}
