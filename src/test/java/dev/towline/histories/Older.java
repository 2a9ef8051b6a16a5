package dev.towline.histories;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** Finds answers that are older than an earlier answer allows. */
final class Older {

    private Older() {}

    /**
     * Every answer that shows an older version than an operation that was over before it began, where the two count for each other.
     *
     * @param counts of an earlier and a later operation: whether the later one may not be older
     */
    static Stream<String> find(History history, BiPredicate<Operation, Operation> counts, String violation) {
        return history.entities().stream().flatMap(entity -> find(entity, history.showing(entity), counts, violation));
    }

    private static Stream<String> find(
            String entity, List<Operation> showing, BiPredicate<Operation, Operation> counts, String violation) {
        List<String> found = new ArrayList<>();
        for (Operation later : showing) {
            int oldest =
                    later.of(entity).stream().mapToInt(Observed::version).min().orElse(0);
            showing.stream()
                    .filter(earlier ->
                            earlier.isBefore(later) && newest(entity, earlier) > oldest && counts.test(earlier, later))
                    .max(Comparator.comparingInt(earlier -> newest(entity, earlier)))
                    .ifPresent(
                            earlier -> found.add("%s: %s in %s after %s".formatted(violation, entity, later, earlier)));
        }
        return found.stream();
    }

    private static int newest(String entity, Operation operation) {
        return operation.of(entity).stream().mapToInt(Observed::version).max().orElse(0);
    }
}
