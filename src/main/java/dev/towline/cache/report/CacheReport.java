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
 * What the cache did for one answer, field by field: {@code extensions.cache} where the client asks for it. A field that looked up many
 * keys says what it did for the least lucky of them. Thread-safe.
 */
final class CacheReport implements LookupListener {

    private final Map<String, Line> lines = new ConcurrentSkipListMap<>();

    private record Line(CacheScope scope, LookupResult result) {

        Line orWorse(Line other) {
            return other.result.status().compareTo(result.status()) > 0 ? other : this;
        }

        Map<String, @Nullable Object> specification() {
            Map<String, @Nullable Object> told = new LinkedHashMap<>();
            told.put("result", result.status().tag());
            told.put("reason", result.reason());
            told.put("tier", result.tier().tag());
            told.put("ageMs", millis(result.age()));
            told.put("remainingTtlMs", millis(result.remaining()));
            told.put("scope", scope.name().toLowerCase(Locale.ROOT));
            return told;
        }

        private static @Nullable Long millis(@Nullable Duration duration) {
            return duration == null ? null : duration.toMillis();
        }
    }

    @Override
    public void found(ResultPath path, CachePolicy field, LookupResult result) {
        lines.merge(path.toString(), new Line(field.scope(), result), Line::orWorse);
    }

    /** By path, such as {@code /getTrackingSession/vendor}. */
    Map<String, Map<String, @Nullable Object>> specification() {
        Map<String, Map<String, @Nullable Object>> told = new LinkedHashMap<>();
        lines.forEach((path, line) -> told.put(path, line.specification()));
        return told;
    }
}
