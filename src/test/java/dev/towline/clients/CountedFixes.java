package dev.towline.clients;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** How many fixes the service has counted by outcome, since this was made. Not thread-safe, and of no use while others send fixes. */
final class CountedFixes {

    private final MeterRegistry meters;
    private final Map<String, Integer> before;

    CountedFixes(MeterRegistry meters) {
        this.meters = meters;
        this.before = counted();
    }

    /** Only those outcomes that occurred. */
    Map<String, Integer> since() {
        Map<String, Integer> since = new TreeMap<>();
        counted().forEach((outcome, count) -> {
            int more = count - before.getOrDefault(outcome, 0);
            if (more > 0) {
                since.put(outcome, more);
            }
        });
        return since;
    }

    private Map<String, Integer> counted() {
        Map<String, Integer> counted = new TreeMap<>();
        for (Counter counter : meters.find("towline.intake.points").counters()) {
            String outcome = Objects.requireNonNull(counter.getId().getTag("outcome"));
            counted.put(outcome.toUpperCase(Locale.ROOT), (int) counter.count());
        }
        return counted;
    }
}
