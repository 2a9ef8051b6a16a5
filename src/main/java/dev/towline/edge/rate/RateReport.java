package dev.towline.edge.rate;

import dev.towline.problem.RateLimited;
import dev.towline.rate.LimitedBy;
import dev.towline.rate.RateCheck;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The checks of one request against limits of rates, for the headers of its answer. It is in the context of the resolvers under this class.
 * Thread-safe.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit header fields for HTTP, draft 10</a>
 */
public final class RateReport {

    /** What each limit allows. */
    static final String POLICY = "RateLimit-Policy";

    /** What is left of each limit. */
    static final String LEFT = "RateLimit";

    private final Map<LimitedBy, RateCheck> checks = new EnumMap<>(LimitedBy.class);

    /** A new report, which {@link #of} finds. */
    public static RateReport startedIn(Map<String, Object> attributes) {
        RateReport report = new RateReport();
        attributes.put(RateReport.class.getName(), report);
        return report;
    }

    /** The report of the request with these attributes, a new one if there is none. */
    public static RateReport of(Map<String, Object> attributes) {
        return attributes.get(RateReport.class.getName()) instanceof RateReport report ? report : new RateReport();
    }

    /**
     * Adds a check. It replaces an earlier one of the same limit.
     *
     * @param check null if there are no limits
     * @throws RateLimited if the check failed
     */
    public void add(@Nullable RateCheck check) {
        if (check != null) {
            synchronized (checks) {
                checks.put(check.limit(), check);
            }
            check.require();
        }
    }

    /** Sets the headers. */
    public void applyTo(HttpHeaders headers) {
        synchronized (checks) {
            if (!checks.isEmpty()) {
                headers.set(POLICY, list(check -> {
                    long seconds =
                            Math.ceilDiv(check.rate().burst(), check.rate().perSecond());
                    return ";q=" + check.rate().burst() + ";w=" + seconds;
                }));
                headers.set(LEFT, list(check -> ";r=" + check.remaining() + ";t=" + seconds(check)));
            }
        }
    }

    private static long seconds(RateCheck check) {
        Duration time = check.admitted() ? check.reset() : check.retryAfter();
        return time.toSeconds();
    }

    private String list(Function<RateCheck, String> parameters) {
        return checks.values().stream()
                .map(check -> '"' + check.limit().label() + '"' + parameters.apply(check))
                .collect(Collectors.joining(", "));
    }
}
