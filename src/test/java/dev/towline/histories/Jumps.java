package dev.towline.histories;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of fixes that were rejected as jumps.
 *
 * @param confirmed how many the trail has although no call said so: another fix confirmed them
 * @param refused how many the trail lacks
 */
record Jumps(long confirmed, long refused) {

    private static final String REASON = "cannot have reached";

    static Jumps in(History history) {
        Trails trails = Trails.in(history);
        Predicate<FixResult> isConfirmed = trails::have;
        Set<String> accepted = Stream.concat(
                        FixResult.all(history).filter(FixResult::isAccepted).map(FixResult::key),
                        history.operations(call -> call.write() && call.outcome() == Outcome.UNKNOWN)
                                .flatMap(call -> FixResult.sent(call).map(time -> FixResult.key(call, time))))
                .collect(Collectors.toSet());
        long confirmed = FixResult.all(history)
                .filter(FixResult::isRejected)
                .filter(isConfirmed)
                .map(FixResult::key)
                .filter(key -> !accepted.contains(key))
                .distinct()
                .count();
        long refused = FixResult.all(history)
                .filter(fix -> fix.isRejected()
                        && fix.call().values().getOrDefault("reason", "").contains(REASON))
                .filter(isConfirmed.negate())
                .map(FixResult::key)
                .distinct()
                .count();
        return new Jumps(confirmed, refused);
    }
}
