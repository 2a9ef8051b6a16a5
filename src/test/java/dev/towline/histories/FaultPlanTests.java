package dev.towline.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultPlanTests {

    @Test
    void isTheSameForASeed() {
        assertThat(FaultPlan.of(7, Duration.ofMinutes(10), 3)).isEqualTo(FaultPlan.of(7, Duration.ofMinutes(10), 3));
        assertThat(FaultPlan.of(7, Duration.ofMinutes(10), 3)).isNotEqualTo(FaultPlan.of(8, Duration.ofMinutes(10), 3));
    }

    @Test
    void hasEveryKindEvenIfTheTimeIsShort() {
        assertThat(FaultPlan.of(1, Duration.ofSeconds(1), 3).faults())
                .extracting(FaultPlan.Planned::kind)
                .containsExactlyInAnyOrder(FaultKind.values());
    }

    @Test
    void fillsTheTime() {
        assertThat(FaultPlan.of(1, Duration.ofMinutes(10), 3).faults()).hasSizeBetween(80, 200);
    }

    @Test
    void hasAClockAheadAndOneBehind() {
        for (long seed = 0; seed < 1_000; seed++) {
            assertThat(FaultPlan.of(seed, Duration.ofSeconds(1), 3).clockOffsets())
                    .hasSize(3)
                    .allMatch(offset -> offset.abs().compareTo(Duration.ofSeconds(25)) <= 0)
                    .anyMatch(offset -> offset.compareTo(Duration.ofSeconds(10)) >= 0)
                    .anyMatch(offset -> offset.compareTo(Duration.ofSeconds(-10)) <= 0);
        }
    }

    @Test
    void whatAClientChoosesDependsOnNothingButTheSeedAndTheIndex() {
        List<String> all =
                IntStream.range(0, 100).mapToObj(i -> choice(7, 1, i)).toList();
        assertThat(choice(7, 1, 50)).isEqualTo(all.get(50));
        assertThat(IntStream.range(0, 100).mapToObj(i -> choice(8, 1, i))).isNotEqualTo(all);
        assertThat(IntStream.range(0, 100).mapToObj(i -> choice(7, 2, i))).isNotEqualTo(all);
        assertThat(Set.copyOf(all)).as("indexes differ").hasSizeGreaterThan(50);
    }

    private static String choice(long seed, int client, int index) {
        World world = new World();
        for (int i = 0; i < 10; i++) {
            for (EntityKind kind : EntityKind.values()) {
                world.add(new Observed(kind.name(Integer.toString(i)), 1, Map.of()));
            }
        }
        Request request = HistoryRun.request(seed, client, index, world);
        Map<String, String> arguments = new TreeMap<>(request.arguments());
        arguments.remove("recordedAt");
        return request.field() + arguments;
    }
}
