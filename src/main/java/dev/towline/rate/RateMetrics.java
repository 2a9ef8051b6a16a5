package dev.towline.rate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The metrics of the limits. Thread-safe. */
final class RateMetrics {

    private final Map<LimitedBy, Counter> admitted;
    private final Map<LimitedBy, Counter> refused;
    private final Counter leased;
    private final Counter empty;
    private final Counter failed;

    RateMetrics(MeterRegistry meters) {
        this.admitted = byLimit(limit -> checks(meters, limit, "admitted"));
        this.refused = byLimit(limit -> checks(meters, limit, "refused"));
        this.leased = leases(meters, "leased");
        this.empty = leases(meters, "empty");
        this.failed = leases(meters, "failed");
    }

    void checked(LimitedBy limit, boolean isAdmitted) {
        Objects.requireNonNull((isAdmitted ? admitted : refused).get(limit)).increment();
    }

    /** @param isSome whether the shared bucket had tokens */
    void leased(boolean isSome) {
        (isSome ? leased : empty).increment();
    }

    void failed() {
        failed.increment();
    }

    private static Map<LimitedBy, Counter> byLimit(Function<LimitedBy, Counter> counter) {
        return Arrays.stream(LimitedBy.values())
                .collect(Collectors.toMap(
                        limit -> limit, counter, (one, _) -> one, () -> new EnumMap<>(LimitedBy.class)));
    }

    private static Counter checks(MeterRegistry meters, LimitedBy limit, String result) {
        return Counter.builder("towline.rates.checks")
                .description("checks against the limits of rates, by the limit and the result")
                .tag("limit", limit.label())
                .tag("result", result)
                .register(meters);
    }

    private static Counter leases(MeterRegistry meters, String result) {
        return Counter.builder("towline.rates.leases")
                .description("leases of tokens that were asked of Redis, by result")
                .tag("result", result)
                .register(meters);
    }
}
