package dev.towline.histories;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request of a client and what came of it. Times count from the beginning of the run; {@code begun} lies before the request was sent,
 * {@code ended} after its answer was read.
 *
 * @param client its number; {@link #FINAL} for the reads after all faults
 * @param instance as {@code number/start}: a process that was started again is another one
 * @param field of the schema, such as {@code updateVendor}
 * @param write a mutation
 * @param seen the versions that the client said it had seen, by entity
 * @param arguments of the field, by name
 * @param code of the error; empty without one
 * @param entities in the answer, the outermost first
 * @param values other scalar values of the answer, by name
 */
record Operation(
        int client,
        String instance,
        String field,
        boolean write,
        Map<String, Integer> seen,
        Map<String, String> arguments,
        Duration begun,
        Duration ended,
        Outcome outcome,
        String code,
        List<Observed> entities,
        Map<String, String> values) {

    /** The client that reads everything once more when all faults are over. */
    static final int FINAL = -1;

    boolean isAcknowledgedWrite() {
        return write && outcome == Outcome.ACKNOWLEDGED;
    }

    boolean isFinal() {
        return client == FINAL;
    }

    /** Whether it was over before the other one began: then the other one must know of it. */
    boolean isBefore(Operation other) {
        return ended.compareTo(other.begun) < 0;
    }

    /** The entity that the field returns. */
    Optional<Observed> target() {
        return entities.stream().findFirst();
    }

    /** The version of an entity in the answer. */
    List<Observed> of(String entity) {
        return entities.stream().filter(each -> each.entity().equals(entity)).toList();
    }

    @Override
    public String toString() {
        return "[%.3f–%.3f s, client %d%s, instance %s] %s%s → %s%s %s%s"
                .formatted(
                        begun.toNanos() / 1e9,
                        ended.toNanos() / 1e9,
                        client,
                        seen.isEmpty() ? "" : " has seen " + seen,
                        instance,
                        field,
                        arguments,
                        outcome,
                        code.isEmpty() ? "" : " " + code,
                        entities,
                        values.isEmpty() ? "" : " " + values);
    }
}
