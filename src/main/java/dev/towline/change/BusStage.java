package dev.towline.change;

import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStage;

/** Tells the other instances what this one wrote. Blocks no longer than a command to Redis may, thread-safe. */
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
            bus.publish(messages.encode(applied.changes()));
        }
    }
}
