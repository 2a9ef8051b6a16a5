package dev.towline.histories;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What an acknowledged call said of one fix.
 *
 * @param call that said it
 * @param sequence its number; empty without one
 */
record FixResult(Operation call, String recordedAt, String outcome, String sequence) {

    /** Among the arguments of a call with several fixes: when they were recorded, separated by spaces. */
    static final String TIMES = "recordedAts";

    /** Among the values of its answer: outcome and number of each, as {@code STORED:3}, separated by spaces. */
    static final String OUTCOMES = "outcomes";

    /** Outcomes after which the session has the fix. */
    private static final Set<String> ACCEPTED = Set.of("STORED", "LIVE_ONLY", "LATE");

    /** The values of an answer that is a list of results. */
    static Map<String, String> values(JsonNode results) {
        return Map.of(
                OUTCOMES,
                results.valueStream()
                        .map(result -> result.path("outcome").asString()
                                + ':'
                                + result.path("sequence").asString(""))
                        .collect(Collectors.joining(" ")));
    }

    /** All that the acknowledged calls of a history said. */
    static Stream<FixResult> all(History history) {
        return history.operations(Operation::isAcknowledgedWrite).flatMap(FixResult::of);
    }

    /** The latitude of each acknowledged single fix, by its session and number, such as {@code session:s1#3}. */
    static Map<String, String> latitudes(History history) {
        Map<String, String> latitudes = new HashMap<>();
        history.operations(Operation::isAcknowledgedWrite)
                .filter(call -> call.field().equals("updateLocation"))
                .forEach(call -> latitudes.put(
                        EntityKind.SESSION.name(call.arguments().getOrDefault("sessionId", ""))
                                + '#'
                                + call.values().getOrDefault("sequence", ""),
                        call.arguments().getOrDefault("latitude", "")));
        return latitudes;
    }

    /** The session and number, such as {@code session:s1#3}, of each fix that has a place in the trail. */
    static Set<String> stored(History history) {
        return all(history)
                .filter(result -> result.outcome.equals("STORED"))
                .map(result -> EntityKind.SESSION.name(result.session()) + '#' + result.sequence)
                .collect(Collectors.toSet());
    }

    /** Whether two latitudes are the same to a tenth of a metre. */
    static boolean isSameLatitude(String one, String other) {
        return Math.abs(Double.parseDouble(one) - Double.parseDouble(other)) <= 1e-6;
    }

    /** The times of all fixes that a call sent, answered or not. */
    static Stream<String> sent(Operation call) {
        Map<String, String> arguments = call.arguments();
        return Stream.concat(
                Stream.ofNullable(arguments.get("recordedAt")),
                Stream.ofNullable(arguments.get(TIMES)).flatMap(times -> Arrays.stream(times.split(" ", -1))));
    }

    private static Stream<FixResult> of(Operation call) {
        List<String> times = sent(call).toList();
        List<String> outcomes = call.values().containsKey(OUTCOMES)
                ? List.of(call.values().getOrDefault(OUTCOMES, "").split(" ", -1))
                : Stream.ofNullable(call.values().get("outcome"))
                        .map(outcome -> outcome + ':' + call.values().getOrDefault("sequence", ""))
                        .toList();
        return IntStream.range(0, Math.min(times.size(), outcomes.size())).mapToObj(i -> {
            String[] parts = outcomes.get(i).split(":", -1);
            return new FixResult(call, times.get(i), parts[0], parts[1]);
        });
    }

    /** The id of the session. */
    String session() {
        return session(call);
    }

    /** Names the fix: its session and when it was recorded. */
    String key() {
        return key(call, recordedAt);
    }

    /** Names a fix that a call sent. */
    static String key(Operation call, String recordedAt) {
        return session(call) + ' ' + recordedAt;
    }

    private static String session(Operation call) {
        return call.arguments().getOrDefault("sessionId", "");
    }

    boolean isDuplicate() {
        return outcome.equals("DUPLICATE");
    }

    boolean isRejected() {
        return outcome.equals("REJECTED");
    }

    boolean isLiveOnly() {
        return outcome.equals("LIVE_ONLY");
    }

    boolean isAccepted() {
        return ACCEPTED.contains(outcome);
    }

    /** Whether the trail keeps it. */
    boolean isInTrail() {
        return isAccepted() && !isLiveOnly();
    }
}
