package dev.towline.histories;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When all faults are over, every instance answers the query of every entity: what it does not show, other rules cannot compare. */
final class EveryInstanceAnswersAtRest implements Rule {

    @Override
    public Stream<String> violations(History history) {
        Set<String> instances = instances(history.operations(Operation::isFinal));
        return history.entities().stream().flatMap(entity -> {
            Set<String> answered = instances(history.showing(entity).stream()
                    .filter(read -> read.isFinal()
                            && read.outcome() == Outcome.ACKNOWLEDGED
                            && read.target()
                                    .filter(found -> found.entity().equals(entity))
                                    .isPresent()));
            return instances.stream()
                    .filter(instance -> !answered.contains(instance))
                    .map(instance -> "at rest instance %s did not answer the query of %s".formatted(instance, entity));
        });
    }

    private static Set<String> instances(Stream<Operation> operations) {
        return operations.map(Operation::instance).collect(Collectors.toSet());
    }
}
