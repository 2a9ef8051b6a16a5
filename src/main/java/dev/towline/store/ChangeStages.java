package dev.towline.store;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.function.SingletonSupplier;

/** The one way of a change: passes every event through all {@link ChangeStage}s in their order. Thread-safe, blocks as they do. */
public final class ChangeStages {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeStages.class);

    private final Supplier<List<ChangeStage>> stages;

    /** @param stages in any order; looked up at the first event, because a stage may itself need the store */
    public ChangeStages(Supplier<List<ChangeStage>> stages) {
        this.stages = SingletonSupplier.of(() -> stages.get().stream()
                .sorted(Comparator.comparing(ChangeStage::stage))
                .toList());
    }

    /** Passes the event through all stages. What was written stands, whatever a stage does. */
    public void pass(ChangeEvent event) {
        for (ChangeStage stage : stages.get()) {
            try {
                stage.pass(event);
            } catch (Throwable e) { // whatever it is, the stages after it must hear
                LOG.error("the stage {} failed at {}", stage.getClass().getName(), described(event), e);
            }
        }
    }

    /** All stages in the order in which events pass them. */
    public List<ChangeStage> inOrder() {
        return stages.get();
    }

    private static String described(ChangeEvent event) {
        return switch (event) {
            case ChangeEvent.Applied applied ->
                "a write of " + applied.changes().stream().map(Change::key).toList();
            case ChangeEvent.Doubt doubt -> "a doubtful write of " + doubt.keys();
            case ChangeEvent.Gap gap -> "a gap: " + gap.reason();
        };
    }
}
