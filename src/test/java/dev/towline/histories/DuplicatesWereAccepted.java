package dev.towline.histories;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A fix that was answered as {@code DUPLICATE} was accepted before, because a phone forgets it then: at the end the trail on every instance
 * has it, or a call said {@code LIVE_ONLY} for it, or a call without an answer sent it. No later call accepts it.
 */
final class DuplicatesWereAccepted implements Rule {

    @Override
    public Stream<String> violations(History history) {
        Trails trails = Trails.in(history);
        Map<String, List<FixResult>> results = new HashMap<>();
        FixResult.all(history)
                .forEach(fix -> results.computeIfAbsent(fix.key(), _ -> new ArrayList<>())
                        .add(fix));
        Map<String, List<Operation>> unanswered = new HashMap<>();
        history.operations(call -> call.write() && call.outcome() == Outcome.UNKNOWN)
                .forEach(call -> FixResult.sent(call)
                        .forEach(time -> unanswered
                                .computeIfAbsent(FixResult.key(call, time), _ -> new ArrayList<>())
                                .add(call)));
        return FixResult.all(history).filter(FixResult::isDuplicate).flatMap(duplicate -> {
            List<FixResult> others = results.getOrDefault(duplicate.key(), List.of());
            Predicate<Operation> isEarlier = call -> !duplicate.call().isBefore(call);
            boolean wasAccepted = trails.have(duplicate)
                    || others.stream().anyMatch(other -> other.isLiveOnly() && isEarlier.test(other.call()))
                    || unanswered.getOrDefault(duplicate.key(), List.of()).stream()
                            .anyMatch(isEarlier);
            Stream<String> missing =
                    wasAccepted ? Stream.empty() : Stream.of("a fix is a duplicate of none: " + duplicate);
            return Stream.concat(
                    missing,
                    others.stream()
                            .filter(other -> other.isAccepted() && !isEarlier.test(other.call()))
                            .map(other -> "a duplicate was accepted afterwards: " + duplicate + " and " + other));
        });
    }
}
