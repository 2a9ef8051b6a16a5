package dev.towline.store;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.function.SingletonSupplier;

/** Passes every event through all {@link ChangeStage}s in their order. Thread-safe; blocks as long as the stages do. */
public final class ChangeStages {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeStages.class);

    private final Supplier<List<ChangeStage>> stages;

    /** @param stages supplies the stages in any order; it is called at the first event, because a stage may depend on the store */
    public ChangeStages(Supplier<List<ChangeStage>> stages) {
        this.stages = SingletonSupplier.of(() -> stages.get().stream()
                .sorted(Comparator.comparing(ChangeStage::stage))
                .toList());
    }

    /** Passes the event through all stages. Never throws: a failing stage does not undo the write. */
    public void pass(ChangeEvent event) {
        for (ChangeStage stage : stages.get()) {
            try {
                stage.pass(event);
            } catch (Throwable e) { // also errors: the later stages must run
                LOG.error("The stage {} could not handle {}", stage.getClass().getName(), described(event), e);
            }
        }
    }

    /** All stages in their order. */
    public List<ChangeStage> inOrder() {
        return stages.get();
    }

    private static String described(ChangeEvent event) {
        return switch (event) {
            case ChangeEvent.Applied applied ->
                "a write of " + applied.changes().stream().map(Change::key).toList();
            case ChangeEvent.Doubt doubt -> "a write of " + doubt.keys() + " with an unknown outcome";
            case ChangeEvent.Gap gap -> "a gap: " + gap.reason();
        };
    }
}
