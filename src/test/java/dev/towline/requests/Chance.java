package dev.towline.requests;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The random decisions of one request. The same seed and number give the same decisions; a choice from a list takes one draw, whatever
 * the length of the list.
 */
final class Chance {

    private final SplittableRandom random;

    /** @param number of the request within the run */
    Chance(long seed, int number) {
        random = new SplittableRandom(seed * 1_000_003 + number);
    }

    /** True in so many of a hundred cases. */
    boolean percent(int percent) {
        return random.nextDouble() * 100 < percent;
    }

    /** From 0 to less than the bound. */
    int below(int bound) {
        return (int) (random.nextDouble() * bound);
    }

    double between(double from, double to) {
        return from + random.nextDouble() * (to - from);
    }

    <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[below(choices.length)];
    }

    /** Some of the choices, in random order; all of them if there are fewer. */
    <T> List<T> some(List<T> choices, int most) {
        List<T> left = new ArrayList<>(choices);
        List<T> some = new ArrayList<>();
        for (int i = 1 + below(most); i > 0 && !left.isEmpty(); i--) {
            some.add(left.remove(below(left.size())));
        }
        return some;
    }
}
