package dev.towline.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.RecordedTraces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run of {@code clients/driver/replay.mjs --verify}: what it says at its end.
 *
 * @param summary the command's own
 */
record Replay(JsonNode summary) {

    private static final Duration PATIENCE = Duration.ofMinutes(8);

    /** Runs the command to its end. Blocking. */
    static Replay run(int port, String tenant, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of(
                "clients/driver/replay.mjs",
                "--url=http://127.0.0.1:%d/graphql".formatted(port),
                "--tenant=" + tenant,
                "--batch=500", // as many as the service takes at once
                "--verify",
                "--json"));
        RecordedTraces.folder().ifPresent(folder -> arguments.add("--traces=" + folder));
        arguments.addAll(options);
        Node.Ended ended = Node.run(PATIENCE, arguments);
        assertThat(ended.exitCode()).as("%s", ended).isLessThan(2);
        return new Replay(JsonMapper.shared().readTree(ended.output()));
    }

    String origin() {
        return summary.path("traces").asString();
    }

    boolean isOk() {
        return summary.path("ok").asBoolean();
    }

    /** Of all traces: {@code traces}, {@code fixes}, {@code sent} and so on. */
    int total(String count) {
        return summary.path("totals").path(count).asInt();
    }

    /** How many fixes had each outcome; only those that occurred. */
    Map<String, Integer> outcomes() {
        Map<String, Integer> outcomes = new TreeMap<>();
        summary.path("totals").path("outcomes").properties().forEach(outcome -> {
            if (outcome.getValue().asInt() > 0) {
                outcomes.put(outcome.getKey(), outcome.getValue().asInt());
            }
        });
        return outcomes;
    }

    /** One report for each trace. */
    List<JsonNode> traces() {
        return summary.path("traceReports").valueStream().toList();
    }

    /** Everything that went wrong, in words. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (JsonNode trace : traces()) {
            trace.path("failures").forEach(failure -> problems.add(trace.path("trace") + ": " + failure));
            trace.path("mismatches").forEach(mismatch -> problems.add(trace.path("trace") + ": " + mismatch));
        }
        return problems;
    }

    @Override
    public String toString() {
        return "%d %s traces, %d fixes, %d sent in %.1f s: %s"
                .formatted(
                        total("traces"),
                        origin(),
                        total("fixes"),
                        total("sent"),
                        summary.path("durationMs").asInt() / 1000.0,
                        outcomes());
    }
}
