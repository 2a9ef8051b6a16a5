package dev.towline.cache.report;

import dev.towline.cache.CachePolicy;
import dev.towline.cache.CacheScope;
import dev.towline.cache.LookupListener;
import dev.towline.cache.LookupResult;
import graphql.execution.ResultPath;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The cache report of one answer, field by field, for {@code extensions.cache}. A field with several lookups reports the worst result.
 * Thread-safe.
 */
final class CacheReport implements LookupListener {

    private final Map<String, Line> lines = new ConcurrentSkipListMap<>();

    private record Line(CacheScope scope, LookupResult result) {

        Line orWorse(Line other) {
            return other.result.status().compareTo(result.status()) > 0 ? other : this;
        }

        Map<String, @Nullable Object> specification() {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("result", result.status().tag());
            fields.put("reason", result.reason());
            fields.put("tier", result.tier().tag());
            fields.put("ageMs", millis(result.age()));
            fields.put("remainingTtlMs", millis(result.remaining()));
            fields.put("scope", scope.name().toLowerCase(Locale.ROOT));
            return fields;
        }

        private static @Nullable Long millis(@Nullable Duration duration) {
            return duration == null ? null : duration.toMillis();
        }
    }

    @Override
    public void onLookup(ResultPath path, CachePolicy policy, LookupResult result) {
        lines.merge(path.toString(), new Line(policy.scope(), result), Line::orWorse);
    }

    /** The report by path, such as {@code /getTrackingSession/vendor}. */
    Map<String, Map<String, @Nullable Object>> specification() {
        Map<String, Map<String, @Nullable Object>> fields = new LinkedHashMap<>();
        lines.forEach((path, line) -> fields.put(path, line.specification()));
        return fields;
    }
}
