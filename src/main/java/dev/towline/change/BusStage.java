package dev.towline.change;

import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStage;
import java.util.List;

/** Publishes local writes of entities to the other instances. Blocks at most for the Redis command time-out. Thread-safe. */
final class BusStage implements ChangeStage {

    private final Bus bus;
    private final ChangeMessages messages;

    BusStage(Bus bus, ChangeMessages messages) {
        this.bus = bus;
        this.messages = messages;
    }

    @Override
    public Stage stage() {
        return Stage.BUS;
    }

    @Override
    public void pass(ChangeEvent event) {
        if (event instanceof ChangeEvent.Applied applied && applied.isLocal()) {
            List<Change> changes = applied.entities();
            bus.publish(messages.encode(changes), changes);
        }
    }
}
