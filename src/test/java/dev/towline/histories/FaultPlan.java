package dev.towline.histories;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which faults happen in which order, from a seed: every kind once before any comes again.
 *
 * @param clockOffsets of each instance for the whole run: how far its clock is ahead of that of the machine
 * @param faults one after another
 */
record FaultPlan(List<Duration> clockOffsets, List<Planned> faults) {

    /** How long a fault takes to begin and to end, and the calm after it, on average. */
    private static final Duration OVERHEAD = Duration.ofMillis(2500);

    private static final int SHORTEST_MILLIS = 1000;
    private static final int LONGEST_MILLIS = 3000;

    /**
     * One fault.
     *
     * @param instance that it concerns, if it concerns one
     */
    record Planned(FaultKind kind, int instance, Duration lasts) {}

    /** Less than what a device's clock may be ahead, which a fix of the present is refused for. */
    private static final int FARTHEST_CLOCK_SECONDS = 25;

    /** So far at least one clock is ahead and one behind. */
    private static final int NEAREST_CLOCK_SECONDS = 10;

    /**
     * As many faults as fit into the time, but each kind at least once.
     *
     * @param instances at least two, so that their clocks can differ
     */
    static FaultPlan of(long seed, Duration time, int instances) {
        Random random = new Random(seed);
        List<Duration> clockOffsets = clockOffsets(random, instances);
        List<Planned> faults = new ArrayList<>();
        Duration planned = Duration.ZERO;
        while (faults.size() < FaultKind.values().length || planned.compareTo(time) < 0) {
            List<FaultKind> kinds = new ArrayList<>(List.of(FaultKind.values()));
            Collections.shuffle(kinds, random);
            for (FaultKind kind : kinds) {
                Duration lasts = Duration.ofMillis(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
                faults.add(new Planned(kind, random.nextInt(instances), lasts));
                planned = planned.plus(lasts).plus(OVERHEAD);
            }
        }
        return new FaultPlan(clockOffsets, List.copyOf(faults));
    }

    private static List<Duration> clockOffsets(Random random, int instances) {
        List<Integer> seconds = new ArrayList<>();
        seconds.add(random.nextInt(NEAREST_CLOCK_SECONDS, FARTHEST_CLOCK_SECONDS + 1));
        seconds.add(-random.nextInt(NEAREST_CLOCK_SECONDS, FARTHEST_CLOCK_SECONDS + 1));
        while (seconds.size() < instances) {
            seconds.add(random.nextInt(-FARTHEST_CLOCK_SECONDS, FARTHEST_CLOCK_SECONDS + 1));
        }
        Collections.shuffle(seconds, random);
        return seconds.stream().map(Duration::ofSeconds).toList();
    }
}
