package dev.towline.histories;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A vendor and an incident have at most one active session at any time. A session was certainly active from the acknowledgement of its
 * start until the first request was sent that may have ended it, answered or not. Two sessions of one vendor, or of one incident, for
 * which these times overlap are a violation.
 */
final class OneActiveSession implements Rule {

    private static final Set<String> FINAL_STATUSES = Set.of("COMPLETED", "CANCELLED");
    private static final Duration NEVER = Duration.ofDays(1);

    private record Active(String session, String vendor, String incident, Duration from, Duration until) {

        boolean overlaps(Active other) {
            return from.compareTo(other.until) < 0 && other.from.compareTo(until) < 0;
        }

        boolean shares(Active other) {
            return vendor.equals(other.vendor) || incident.equals(other.incident);
        }
    }

    @Override
    public Stream<String> violations(History history) {
        List<Active> active = history.operations(Operation::isAcknowledgedWrite)
                .filter(write -> write.field().equals("startTrackingSession"))
                .map(start -> active(history, start))
                .toList();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < active.size(); i++) {
            for (Active other : active.subList(i + 1, active.size())) {
                Active one = active.get(i);
                if (!one.session.equals(other.session) && one.shares(other) && one.overlaps(other)) {
                    found.add("active at the same time: " + one + " and " + other);
                }
            }
        }
        return found.stream();
    }

    private static Active active(History history, Operation start) {
        String session = start.values().getOrDefault("id", "");
        String incident = start.arguments().getOrDefault("incidentId", "");
        Duration until = history.operations(operation -> operation.write()
                        && operation.outcome() != Outcome.REFUSED
                        && mayEnd(operation, session, incident)
                        && operation.ended().compareTo(start.begun()) > 0)
                .map(Operation::begun)
                .min(Duration::compareTo)
                .orElse(NEVER);
        return new Active(session, start.arguments().getOrDefault("vendorId", ""), incident, start.ended(), until);
    }

    private static boolean mayEnd(Operation operation, String session, String incident) {
        return switch (operation.field()) {
            case "updateSessionStatus" ->
                session.equals(operation.arguments().get("sessionId"))
                        && FINAL_STATUSES.contains(operation.arguments().getOrDefault("status", ""));
            case "cancelIncident" -> incident.equals(operation.arguments().get("incidentId"));
            default -> false;
        };
    }
}
