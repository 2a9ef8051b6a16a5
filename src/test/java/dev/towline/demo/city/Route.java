package dev.towline.demo.city;

import java.util.List;

/** A way through the streets. Immutable. */
public final class Route {

    /** What a vehicle makes good, lights and corners included, as part of the limit. */
    private static final double PART_OF_LIMIT = 0.7;

    private final List<Leg> legs;
    private final double[] ends;

    /** @param legs at least one; each begins where the one before ends */
    Route(List<Leg> legs) {
        this.legs = List.copyOf(legs);
        this.ends = new double[legs.size()];
        double end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += legs.get(i).meters();
            ends[i] = end;
        }
    }

    List<Leg> legs() {
        return legs;
    }

    /** How far it is, in metres. */
    public double meters() {
        return ends[ends.length - 1];
    }

    /** About how long it takes, in seconds; the lights decide. */
    public double roughSeconds() {
        return legs.stream()
                .mapToDouble(leg -> leg.meters() / (leg.street().limitMetersPerSecond() * PART_OF_LIMIT))
                .sum();
    }

    /** Where that leg ends, in metres from the start of the route. */
    double end(int leg) {
        return ends[leg];
    }

    /** Which leg one is on after that many metres. */
    int legAt(double metersGone) {
        int leg = 0;
        while (leg < ends.length - 1 && metersGone >= ends[leg]) {
            leg++;
        }
        return leg;
    }

    /** Where one is after that many metres. */
    Spot at(double metersGone) {
        int leg = legAt(metersGone);
        return legs.get(leg).at(legs.get(leg).meters() - (ends[leg] - metersGone));
    }
}
