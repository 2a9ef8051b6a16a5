package dev.towline.histories;

import java.util.List;
import java.util.stream.Stream;

/** A promise, as a check of a history. */
@FunctionalInterface
interface Rule {

    /** Every rule. */
    List<Rule> ALL = List.of(
            new NoWriteLost(),
            new WritesTakeEffect(),
            new FixesCountOnce(),
            new DuplicatesWereAccepted(),
            new OneValuePerVersion(),
            new SeenNeverGoesBack(),
            new InstanceKnowsItsWrites(),
            new InstancesAgreeAtRest(),
            new EveryInstanceAnswersAtRest(),
            new EndedStaysEnded(),
            new OneActiveSession(),
            new OneResultPerClientToken(),
            new StreamsHaveNoHoles(),
            new StreamsKeepUp());

    /** What contradicts the promise, each as a sentence with its evidence; empty where it holds. */
    Stream<String> violations(History history);

    /** What contradicts any promise, each with the name of its rule. */
    static List<String> check(History history) {
        return ALL.stream()
                .flatMap(rule -> rule.violations(history)
                        .map(violation -> rule.getClass().getSimpleName() + ": " + violation))
                .toList();
    }
}
