package dev.towline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.ChangeEvent.Origin;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.ChangeStage.Stage;
import dev.towline.store.Notes.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ChangeStagesTests {

    private static final ChangeEvent GAP = new ChangeEvent.Gap(Reason.LOST);

    private final List<String> passed = new ArrayList<>();

    private record Named(Stage stage, Consumer<ChangeEvent> passing) implements ChangeStage {

        @Override
        public void pass(ChangeEvent event) {
            passing.accept(event);
        }
    }

    @Test
    void passesAnEventThroughAllStagesInTheirOrderWhateverTheOrderOfTheBeans() {
        List<Stage> shuffled = new ArrayList<>(Arrays.asList(Stage.values()));
        Collections.reverse(shuffled);
        ChangeStages stages =
                new ChangeStages(() -> shuffled.stream().map(this::noting).toList());

        stages.pass(GAP);

        assertThat(passed).containsExactly("INDEX", "SHARED", "LOCAL", "LIVE", "BUS");
    }

    @Test
    void goesOnWhenAStageFailsHoweverItFails() {
        ChangeStages stages = new ChangeStages(() -> List.of(
                new Named(Stage.INDEX, _ -> {
                    throw new AssertionError("as the test wants it");
                }),
                noting(Stage.LIVE)));

        stages.pass(GAP);
        stages.pass(new ChangeEvent.Doubt(List.of(Note.first("n1", "top", "a").key())));
        stages.pass(new ChangeEvent.Applied(List.of(new Change(Note.first("n1", "top", "a"), null)), Origin.REMOTE));

        assertThat(passed).containsExactly("LIVE", "LIVE", "LIVE");
    }

    @Test
    void looksForStagesOnlyWhenThereIsAnEvent() {
        ChangeStages stages = new ChangeStages(() -> {
            passed.add("looked");
            return List.of();
        });
        assertThat(passed).isEmpty();

        stages.pass(GAP);
        stages.pass(GAP);

        assertThat(passed).containsExactly("looked");
    }

    private ChangeStage noting(Stage stage) {
        return new Named(stage, _ -> passed.add(stage.name()));
    }
}
