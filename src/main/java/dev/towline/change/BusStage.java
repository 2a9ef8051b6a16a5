package dev.towline.change;

import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.ChangeStage;
import dev.towline.store.NumberedChanges;
import java.util.List;

/**
 * Publishes local writes of entities to the other instances. If tables were replaced, the numbers of earlier messages tell nothing about them
 * any more, so whoever follows the numbers begins anew. Blocks at most for the Redis command time-out. Thread-safe.
 */
final class BusStage implements ChangeStage {

    private final Bus bus;
    private final ChangeMessages messages;
    private final NumberedChanges numbers;

    BusStage(Bus bus, ChangeMessages messages, NumberedChanges numbers) {
        this.bus = bus;
        this.messages = messages;
        this.numbers = numbers;
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
        } else if (event instanceof ChangeEvent.Gap(Reason reason) && reason == Reason.TABLES_REPLACED) {
            bus.mark();
            numbers.missed();
        }
    }
}
