package dev.towline.requests;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Counts how requests were answered. For one thread. */
final class Tally {

    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
    private final Map<String, Long> microseconds = new TreeMap<>();
    private int requests;
    private int withData;

    void count(Request request, Answer answer, long nanoseconds) {
        requests++;
        withData += answer.hasData() ? 1 : 0;
        count("transport", request.transport().name());
        microseconds.merge(request.transport().name(), nanoseconds / 1000, Long::sum);
        count("status", String.valueOf(answer.status()));
        count("outcome", outcome(answer));
    }

    int requests() {
        return requests;
    }

    int withData() {
        return withData;
    }

    int of(Request.Transport transport) {
        return counts.getOrDefault("transport", Map.of()).getOrDefault(transport.name(), 0);
    }

    private void count(String kind, String name) {
        counts.computeIfAbsent(kind, none -> new TreeMap<>()).merge(name, 1, Integer::sum);
    }

    private static String outcome(Answer answer) {
        String codes = answer.results().stream()
                .flatMap(result -> result.path("errors").valueStream())
                .map(error -> error.at("/extensions/code").asString("without code"))
                .findFirst()
                .orElse("");
        if (answer.hasData()) {
            return codes.isEmpty() ? "data" : "data and errors";
        }
        if (!codes.isEmpty()) {
            return codes;
        }
        boolean isNull =
                answer.results().stream().map(result -> result.path("data")).anyMatch(JsonNode::isNull);
        return isNull ? "null" : "status " + answer.status();
    }

    @Override
    public String toString() {
        return requests + " requests, " + withData + " with data\n"
                + counts.entrySet().stream()
                        .map(kind -> "  by " + kind.getKey() + ": " + kind.getValue())
                        .collect(Collectors.joining("\n"))
                + "\n  microseconds by transport: " + microseconds;
    }
}
