package dev.towline.histories;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What all clients did and saw in one run, and which faults happened. Immutable. */
final class History {

    private final List<Operation> operations;
    private final List<Watch> watches;
    private final List<Disturbance> disturbances;
    private final Map<String, List<Operation>> byEntity = new HashMap<>();

    History(List<Operation> operations, List<Watch> watches, List<Disturbance> disturbances) {
        this.operations = List.copyOf(operations);
        this.watches = List.copyOf(watches);
        this.disturbances = disturbances.stream()
                .sorted(Comparator.comparing(Disturbance::from))
                .toList();
        operations.stream()
                .sorted(Comparator.comparing(Operation::ended))
                .forEach(operation -> operation.entities().stream()
                        .map(Observed::entity)
                        .distinct()
                        .forEach(entity -> byEntity.computeIfAbsent(entity, _ -> new ArrayList<>())
                                .add(operation)));
    }

    List<Operation> operations() {
        return operations;
    }

    Stream<Operation> operations(Predicate<Operation> predicate) {
        return operations.stream().filter(predicate);
    }

    List<Watch> watches() {
        return watches;
    }

    /** The faults that happened, in the order of their beginnings. */
    List<Disturbance> disturbances() {
        return disturbances;
    }

    /** Every entity that an answer shows. */
    Set<String> entities() {
        return Set.copyOf(byEntity.keySet());
    }

    /** The operations whose answer shows an entity, in the order of their ends. */
    List<Operation> showing(String entity) {
        return List.copyOf(byEntity.getOrDefault(entity, List.of()));
    }
}
