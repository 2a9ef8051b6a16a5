package dev.towline.histories;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A stream has a change some seconds after it was acknowledged, however short the stream is, and it does not break without a cause. What is
 * uncertain is left out: while a fault delays streams, and a change whose instance was killed before it can have told the others.
 */
final class StreamsKeepUp implements Rule {

    /**
     * Without a fault for so long, a stream has caught up: instances are connected to Redis again within half a second and have proven it
     * within another one, a check of streams that failed is repeated after two, and the rest is for a slow machine.
     */
    static final Duration CAUGHT_UP = Duration.ofSeconds(6);

    /** So long after a fault a stream may still break: a request to DynamoDB fails after three seconds, and the machine may be slow. */
    private static final Duration AFTERMATH = Duration.ofSeconds(6);

    @Override
    public Stream<String> violations(History history) {
        Map<String, List<Operation>> changes = changes(history);
        return history.watches().stream().flatMap(watch -> switch (watch.end()) {
            case LEFT ->
                watch.way().isSlow()
                        ? Stream.empty()
                        : due(history, watch, changes)
                                .filter(change -> sequence(change) > watch.reached())
                                .max(Comparator.comparingInt(StreamsKeepUp::sequence))
                                .map(change -> "it never had the change of %s: %s".formatted(change, watch))
                                .stream();
            case BROKEN -> {
                boolean isExcused = watch.updates().isEmpty()
                        || history.disturbances().stream().anyMatch(fault -> breaks(fault, watch));
                yield isExcused ? Stream.empty() : Stream.of("it broke without a cause: " + watch);
            }
            // The answers of a slow watcher to pings come as late as it reads.
            case SILENT -> watch.way().isSlow() ? Stream.empty() : Stream.of("it was taken for gone: " + watch);
            case FAILED -> Stream.of("it failed: " + watch);
            case COMPLETED, OPEN -> Stream.empty();
        });
    }

    /** The number of streams that left and had to have a change before. */
    static long judged(History history) {
        Map<String, List<Operation>> changes = changes(history);
        return history.watches().stream()
                .filter(watch -> watch.end() == Watch.End.LEFT && !watch.way().isSlow())
                .filter(watch -> due(history, watch, changes).findAny().isPresent())
                .count();
    }

    /** Acknowledged writes that changed a session, by its id. */
    private static Map<String, List<Operation>> changes(History history) {
        Map<String, List<Operation>> changes = new HashMap<>();
        history.operations(Operation::isAcknowledgedWrite)
                .filter(write -> sequence(write) > 0 && write.arguments().containsKey("sessionId"))
                .forEach(write -> changes.computeIfAbsent(
                                write.arguments().getOrDefault("sessionId", ""), _ -> new ArrayList<>())
                        .add(write));
        return changes;
    }

    private static Stream<Operation> due(History history, Watch watch, Map<String, List<Operation>> changes) {
        return changes.getOrDefault(watch.session(), List.of()).stream()
                .filter(change -> longestCalm(history, later(change.ended(), watch.begun()), watch.ended())
                                .compareTo(CAUGHT_UP)
                        >= 0)
                .filter(change -> history.disturbances().stream()
                        .noneMatch(fault -> fault.kills(change.instance())
                                && fault.until().compareTo(change.ended()) > 0
                                && fault.from().compareTo(watch.ended()) < 0));
    }

    private static Duration longestCalm(History history, Duration from, Duration until) {
        Duration longest = Duration.ZERO;
        Duration calmSince = from;
        for (Disturbance fault : history.disturbances()) {
            if (fault.kind().delaysStreams()
                    && fault.until().compareTo(calmSince) > 0
                    && fault.from().compareTo(until) < 0) {
                longest = later(longest, fault.from().minus(calmSince));
                calmSince = fault.until();
            }
        }
        return later(longest, until.minus(calmSince));
    }

    private static boolean breaks(Disturbance fault, Watch watch) {
        return (fault.kills(watch.instance()) || fault.kind().breaksStreams())
                && fault.from().compareTo(watch.ended().plus(AFTERMATH)) <= 0
                && watch.ended().compareTo(fault.until().plus(AFTERMATH)) <= 0;
    }

    private static int sequence(Operation write) {
        String sequence = write.values().getOrDefault("sequence", "");
        return sequence.isEmpty() ? 0 : Integer.parseInt(sequence);
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
