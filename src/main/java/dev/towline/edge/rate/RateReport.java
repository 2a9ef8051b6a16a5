package dev.towline.edge.rate;

import dev.towline.problem.RateLimited;
import dev.towline.rate.LimitedBy;
import dev.towline.rate.RateCheck;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
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

    /**
     * The report of a request, to which whoever looks at the request first adds the check of its address.
     *
     * @param ofAddress counts the request; null if there are no limits
     */
    public static RateReport begunIn(Map<String, Object> attributes, Supplier<@Nullable RateCheck> ofAddress) {
        if (attributes.get(RateReport.class.getName()) instanceof RateReport begun) {
            return begun;
        }
        RateReport report = new RateReport();
        report.note(ofAddress.get());
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
        note(check);
        if (check != null) {
            check.require();
        }
    }

    private void note(@Nullable RateCheck check) {
        if (check != null) {
            synchronized (checks) {
                checks.put(check.limit(), check);
            }
        }
    }

    /**
     * Requires that no check failed.
     *
     * @throws RateLimited if one did
     */
    public void require() {
        synchronized (checks) {
            checks.values().forEach(RateCheck::require);
        }
    }

    /** Sets the headers. */
    public void applyTo(HttpHeaders headers) {
        applyTo(headers::set);
    }

    /** Sets the headers, each by its name and its value. */
    public void applyTo(BiConsumer<String, String> headers) {
        synchronized (checks) {
            if (!checks.isEmpty()) {
                headers.accept(POLICY, list(RateReport::policy));
                headers.accept(LEFT, list(RateReport::left));
            }
        }
    }

    private static void policy(RateCheck check, StringBuilder list) {
        long burst = check.rate().burst();
        list.append(";q=")
                .append(burst)
                .append(";w=")
                .append(Math.ceilDiv(burst, check.rate().perSecond()));
    }

    private static void left(RateCheck check, StringBuilder list) {
        list.append(";r=").append(check.remaining()).append(";t=").append(seconds(check));
    }

    private static long seconds(RateCheck check) {
        Duration time = check.admitted() ? check.reset() : check.retryAfter();
        return time.toSeconds();
    }

    private String list(BiConsumer<RateCheck, StringBuilder> parameters) {
        StringBuilder list = new StringBuilder();
        for (RateCheck check : checks.values()) {
            list.append(list.isEmpty() ? "\"" : ", \"")
                    .append(check.limit().label())
                    .append('"');
            parameters.accept(check, list);
        }
        return list.toString();
    }
}
