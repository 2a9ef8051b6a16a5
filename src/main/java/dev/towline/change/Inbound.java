package dev.towline.change;

import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Origin;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.ChangeStages;
import dev.towline.store.VersionFloors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes each message of another instance once. Changes raise version floors and pass the stages like local ones; other messages go to the
 * {@link MessageListener}s of their kind. Called by one thread at a time.
 */
final class Inbound implements BusListener {

    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

    private final ChangeMessages messages;
    private final VersionFloors floors;
    private final ChangeStages stages;
    private final Supplier<List<MessageListener>> listeners;

    /** @param listeners resolved at the first message for them, because they may themselves depend on the bus */
    Inbound(
            ChangeMessages messages,
            VersionFloors floors,
            ChangeStages stages,
            Supplier<List<MessageListener>> listeners) {
        this.messages = messages;
        this.floors = floors;
        this.stages = stages;
        this.listeners = listeners;
    }

    @Override
    public void received(byte[] payload) {
        try (InputStream in = new ByteArrayInputStream(payload)) {
            switch (MessageKind.read(in)) {
                case CHANGES -> changed(messages.decode(in));
                case null -> missed(Reason.UNREADABLE);
                case MessageKind kind -> handOver(kind, in);
            }
        } catch (IOException cut) {
            missed(Reason.UNREADABLE);
        }
    }

    @Override
    public void missed(Reason reason) {
        floors.doubt();
        stages.pass(new ChangeEvent.Gap(reason));
    }

    private void changed(@Nullable List<Change> changes) {
        if (changes == null) {
            missed(Reason.UNREADABLE);
            return;
        }
        changes.stream()
                .filter(change -> change.key().sort() == null)
                .forEach(change ->
                        floors.raise(change.key().ref(), change.value().version()));
        stages.pass(new ChangeEvent.Applied(changes, Origin.REMOTE));
    }

    private void handOver(MessageKind kind, InputStream body) {
        for (MessageListener listener : listeners.get()) {
            if (listener.kinds().contains(kind)) {
                try {
                    listener.received(kind, body);
                } catch (RuntimeException e) {
                    LOG.error(
                            "{} failed at a message of another instance",
                            listener.getClass().getName(),
                            e);
                }
            }
        }
    }
}
