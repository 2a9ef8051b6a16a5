package dev.towline.tracking;

import dev.towline.tracking.Judgement.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The outcomes of all traces of one file, as a row of a Markdown table. */
final class OutcomeRow {

    static final String HEAD = """
        | file | traces | fixes | STORED | LIVE_ONLY | DUPLICATE | LATE | REJECTED | because | LATE after all | EN_ROUTE | ARRIVED |
        |---|---:|---:|---:|---:|---:|---:|---:|---|---:|---:|---:|
        """;

    private final String file;
    private final Map<LocationOutcome, Integer> outcomes = new EnumMap<>(LocationOutcome.class);
    private final Map<SessionStatus, Integer> steps = new EnumMap<>(SessionStatus.class);
    private final Map<String, Integer> reasons = new TreeMap<>();
    private int confirmed;

    OutcomeRow(String file) {
        this.file = file;
    }

    void add(Delivery delivery) {
        for (Verdict verdict : delivery.verdicts()) {
            outcomes.merge(verdict.outcome(), 1, Integer::sum);
            if (verdict.reason() != null) {
                reasons.merge(verdict.reason(), 1, Integer::sum);
            }
        }
        confirmed += delivery.confirmed();
        delivery.session().steps().forEach(step -> steps.merge(step.status(), 1, Integer::sum));
    }

    String file() {
        return file;
    }

    int count(LocationOutcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    double rejectedShare() {
        return (double) count(LocationOutcome.REJECTED) / fixes();
    }

    private int fixes() {
        return outcomes.values().stream().mapToInt(count -> count).sum();
    }

    @Override
    public String toString() {
        return "| %s | %d | %d | %d | %d | %d | %d | %d | %s | %d | %d | %d |%n"
                .formatted(
                        file,
                        steps.getOrDefault(SessionStatus.ASSIGNED, 0),
                        fixes(),
                        count(LocationOutcome.STORED),
                        count(LocationOutcome.LIVE_ONLY),
                        count(LocationOutcome.DUPLICATE),
                        count(LocationOutcome.LATE),
                        count(LocationOutcome.REJECTED),
                        reasons.entrySet().stream()
                                .map(reason -> reason.getValue() + " " + reason.getKey())
                                .collect(Collectors.joining("<br>")),
                        confirmed,
                        steps.getOrDefault(SessionStatus.EN_ROUTE, 0),
                        steps.getOrDefault(SessionStatus.ARRIVED, 0));
    }
}
