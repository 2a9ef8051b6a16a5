package dev.towline.edge.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.problem.Limit;
import dev.towline.problem.TooComplex;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LimitMetricsTests {

    /** The first column of a table, if it has one name. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-zA-Z]+)` \\|");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LimitMetrics metrics = new LimitMetrics(meters);

    @Test
    void countsEachLimitOfThePage() throws IOException {
        String page = Files.readString(Path.of("infra-notes/limits.md"));
        List<String> limits =
                ROW.matcher(page).results().map(row -> row.group(1)).toList();

        assertThat(LimitMetrics.LIMITS).containsExactlyInAnyOrderElementsOf(limits);
        assertThat(limits).allSatisfy(limit -> assertThat(count(limit)).isZero());
    }

    @Test
    void countsTheLimitOfAnError() {
        metrics.count(List.of(
                ProblemErrors.of(new TooComplex(new Limit("depth", 15), "too deep"), null),
                ProblemErrors.of(new IllegalStateException("no limit"), null)));
        metrics.count("viewer");

        assertThat(count("depth")).isOne();
        assertThat(meters.find("towline.limits.refused").counters()).hasSize(LimitMetrics.LIMITS.size());
    }

    private double count(String limit) {
        return meters.get("towline.limits.refused")
                .tag("limit", limit)
                .counter()
                .count();
    }
}
