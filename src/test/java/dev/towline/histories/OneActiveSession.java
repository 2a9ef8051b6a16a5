package dev.towline.histories;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A vendor and an incident have at most one active session at any time. A session was certainly active from the acknowledgement of its
 * start until the first request was sent that may have ended it, answered or not; never, if that request came first. Two sessions of one
 * vendor, or of one incident, for which these times overlap are a violation.
 */
final class OneActiveSession implements Rule {

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
                .filter(each -> each.from.compareTo(each.until) < 0)
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

    /** When a start was sent first: an attempt without an answer may have been stored, and others may have ended its session since. */
    private static Duration firstBegun(History history, Operation start) {
        String token = start.arguments().getOrDefault("clientToken", "");
        return history.operations(each -> each.field().equals(start.field())
                        && !token.isEmpty()
                        && token.equals(each.arguments().get("clientToken")))
                .map(Operation::begun)
                .min(Duration::compareTo)
                .orElse(start.begun());
    }

    private static Active active(History history, Operation start) {
        String session = start.values().getOrDefault("id", "");
        String incident = start.arguments().getOrDefault("incidentId", "");
        Duration begun = firstBegun(history, start);
        Duration until = history.operations(operation -> operation.write()
                        && operation.outcome() != Outcome.REFUSED
                        && mayEnd(operation, session, incident)
                        && operation.ended().compareTo(begun) > 0)
                .map(Operation::begun)
                .min(Duration::compareTo)
                .orElse(NEVER);
        return new Active(session, start.arguments().getOrDefault("vendorId", ""), incident, start.ended(), until);
    }

    private static boolean mayEnd(Operation operation, String session, String incident) {
        return switch (operation.field()) {
            case "updateSessionStatus" ->
                session.equals(operation.arguments().get("sessionId"))
                        && EndedStaysEnded.FINAL_STATUSES.contains(
                                operation.arguments().getOrDefault("status", ""));
            case "cancelIncident" -> incident.equals(operation.arguments().get("incidentId"));
            default -> false;
        };
    }
}
