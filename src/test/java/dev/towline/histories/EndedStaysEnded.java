package dev.towline.histories;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A session that has ended stays ended, with the status that it ended with: no later version of it has another one. */
final class EndedStaysEnded implements Rule {

    static final Set<String> FINAL_STATUSES = Set.of("COMPLETED", "CANCELLED");

    @Override
    public Stream<String> violations(History history) {
        return history.entities().stream()
                .filter(entity -> entity.startsWith(EntityKind.SESSION.name("")))
                .flatMap(session -> violations(session, history.showing(session)));
    }

    private static Stream<String> violations(String session, List<Operation> showing) {
        List<Observed> versions = showing.stream()
                .flatMap(operation -> operation.of(session).stream())
                .filter(each -> each.fields().containsKey("status"))
                .distinct()
                .sorted(Comparator.comparingInt(Observed::version))
                .toList();
        List<String> found = new ArrayList<>();
        String ended = "";
        for (Observed each : versions) {
            String status = each.fields().getOrDefault("status", "");
            if (!ended.isEmpty() && !ended.equals(status)) {
                found.add(
                        "%s had ended as %s and is %s in version %d".formatted(session, ended, status, each.version()));
            } else if (FINAL_STATUSES.contains(status)) {
                ended = status;
            }
        }
        return found.stream();
    }
}
