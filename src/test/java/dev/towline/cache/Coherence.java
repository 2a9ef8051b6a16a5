package dev.towline.cache;

import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Origin;
import dev.towline.store.ChangeFeed;
import dev.towline.store.ChangeStage;
import dev.towline.store.ChangeStages;
import dev.towline.store.EntityKey;
import dev.towline.store.VersionFloors;
import java.util.List;
import java.util.function.Consumer;

/** The stages of a cache in the order of the service, with the surrounding work of the store and the bus. */
final class Coherence {

    private final ChangeStages stages;
    private final VersionFloors floors;

    /** @param others receives each write of this instance */
    Coherence(CacheFixture fixture, ComputedCache computed, Consumer<List<Change>> others, ChangeFeed proven) {
        floors = fixture.floors;
        stages = new ChangeStages(() -> List.of(
                new Others(others),
                new LocalStage(new LocalCache(fixture.entries, fixture.loads, computed), proven, () -> fixture.now),
                fixture.sharing.stage()));
    }

    private record Others(Consumer<List<Change>> told) implements ChangeStage {

        @Override
        public Stage stage() {
            return Stage.BUS;
        }

        @Override
        public void pass(ChangeEvent event) {
            if (event instanceof ChangeEvent.Applied applied && applied.isLocal()) {
                told.accept(applied.changes());
            }
        }
    }

    /** Applies a write of this instance. */
    void changed(List<Change> changes) {
        stages.pass(new ChangeEvent.Applied(changes, Origin.LOCAL));
    }

    /** Applies a write of this instance with an unknown outcome. */
    void inDoubt(List<EntityKey> keys) {
        stages.pass(new ChangeEvent.Doubt(keys));
    }

    /** Applies a message about a write of another instance. */
    void received(List<Change> changes) {
        changes.forEach(
                change -> floors.raise(change.key().ref(), change.value().version()));
        stages.pass(new ChangeEvent.Applied(changes, Origin.REMOTE));
    }

    /** Applies a gap. */
    void missed(ChangeEvent.Reason reason) {
        floors.doubt();
        stages.pass(new ChangeEvent.Gap(reason));
    }
}
