package dev.towline.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.problem.Unavailable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sends fixes as a phone does: it repeats a call until it is answered. The instances take turns. */
final class Phone {

    private static final int MOST_CALLS = 50;

    /** The first call of an instance finds that another one has changed the session, and the next one does not. */
    private static final int CALLS_IN_A_TURN = 2;

    private final SessionKey session;
    private final List<Intake> instances;
    private final Map<Instant, Integer> told = new TreeMap<>();
    private int calls;

    Phone(SessionKey session, Intake... instances) {
        this.session = session;
        this.instances = List.of(instances);
    }

    List<LocationOutcome> send(LocationInput... fixes) {
        return send(List.of(fixes));
    }

    List<LocationOutcome> send(List<LocationInput> fixes) {
        List<LocationResult> results = results(fixes);
        for (int i = 0; i < fixes.size(); i++) {
            Integer sequence = results.get(i).sequence();
            if (sequence != null) {
                Instant time = fixes.get(i).recordedAt();
                assertThat(told.put(time, sequence))
                        .as("the fix of %s had a number", time)
                        .isNull();
            }
        }
        return results.stream().map(LocationResult::outcome).toList();
    }

    /** The numbers that answers gave, by the time of the fix. Fixes whose answer was lost are missing. */
    Map<Instant, Integer> told() {
        return Map.copyOf(told);
    }

    private List<LocationResult> results(List<LocationInput> fixes) {
        for (int i = 0; i < MOST_CALLS; i++) {
            try {
                return instances
                        .get(calls++ / CALLS_IN_A_TURN % instances.size())
                        .take(Drives.dispatcher(session.tenant()), session.id(), fixes);
            } catch (Unavailable unknown) {
                // it sends them again
            }
        }
        throw new AssertionError("no answer after %d calls".formatted(MOST_CALLS));
    }
}
