package dev.towline.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What may happen to somebody on the road.
 *
 * @param kind in the words of the API
 * @param needs the capability that helps
 */
record Breakdown(String kind, String description, String needs) {

    /** Ends the description of every incident of the demo: by it the fleet knows its own again. */
    static final String MARK = " (demo)";

    private static final List<Breakdown> ALL = List.of(
            new Breakdown("TIRE", "Flat tyre, front left, silver hatchback on the shoulder", "TIRE_REPAIR"),
            new Breakdown("TIRE", "Ran over a bolt, rear tyre is losing air, blue pickup", "TIRE_REPAIR"),
            new Breakdown("TIRE", "Blowout, no spare, family van with trailer", "TIRE_REPAIR"),
            new Breakdown("BATTERY", "Does not start, lights are dim, white sedan in a side street", "BATTERY_JUMP"),
            new Breakdown("BATTERY", "Left the lights on, battery is dead, red coupe", "BATTERY_JUMP"),
            new Breakdown("FUEL", "Out of gas two blocks from the station, green wagon", "FUEL_DELIVERY"),
            new Breakdown("FUEL", "Gauge was wrong, delivery van stands in the right lane", "FUEL_DELIVERY"),
            new Breakdown("LOCKOUT", "Keys are in the trunk, gray crossover", "LOCKOUT"),
            new Breakdown("LOCKOUT", "Door closed with the engine running, dog inside and fine", "LOCKOUT"),
            new Breakdown("ENGINE", "Steam from the hood, pulled over, old station wagon", "ENGINE_REPAIR"),
            new Breakdown("ENGINE", "Engine light on and no power, black sedan", "ENGINE_REPAIR"),
            new Breakdown("COLLISION", "Fender bender, nobody hurt, wheel is bent", "TOWING"),
            new Breakdown("COLLISION", "Hit a post in the parking lot, cannot drive", "TOWING"),
            new Breakdown("STUCK", "Slid into the ditch, needs a winch, yellow jeep", "WINCHING"),
            new Breakdown("OTHER", "Gear lever does not move, car blocks a driveway", "TOWING"));

    static Breakdown any(RandomGenerator random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    /** The capability that helps with an incident of that kind. */
    static String needsOf(String kind) {
        return ALL.stream()
                .filter(breakdown -> breakdown.kind.equals(kind))
                .findFirst()
                .map(Breakdown::needs)
                .orElse("TOWING");
    }
}
