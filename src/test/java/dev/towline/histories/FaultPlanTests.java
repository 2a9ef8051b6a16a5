package dev.towline.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
    void whatAClientSendsIsTheSameForASeed() {
        assertThat(requests(7)).isEqualTo(requests(7)).isNotEqualTo(requests(8));
    }

    private static List<Action> requests(long seed) {
        World world = new World();
        List.of("vendor:v", "incident:i", "session:s").forEach(name -> world.add(new Observed(name, 1, Map.of())));
        Random random = new Random(seed);
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Action action = Action.any(world, random);
            action.on(world, random, "token");
            actions.add(action);
        }
        return actions;
    }
}
