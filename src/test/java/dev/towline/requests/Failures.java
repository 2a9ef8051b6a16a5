package dev.towline.requests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Requests of which something was wrong, those of a kind together. For one thread. */
final class Failures {

    /** In the description of a flaw, between what kind it is and what differs from case to case. */
    static final String DETAILS = " | ";

    private final Map<String, List<String>> byKind = new LinkedHashMap<>();

    /** @param description of the case, with what to send again */
    void add(List<String> flaws, String description) {
        String kind = flaws.stream()
                .map(flaw -> flaw.split(Pattern.quote(DETAILS), 2)[0])
                .distinct()
                .collect(Collectors.joining("; "));
        byKind.computeIfAbsent(kind, none -> new ArrayList<>()).add(String.join("\n", flaws) + "\n" + description);
    }

    /** How often each kind came, with its first case. */
    List<String> report() {
        return byKind.values().stream()
                .map(cases -> "\n%d times, such as: %s\n".formatted(cases.size(), cases.getFirst()))
                .toList();
    }
}
