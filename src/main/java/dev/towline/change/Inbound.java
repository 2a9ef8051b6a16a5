package dev.towline.change;

import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Origin;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.ChangeStages;
import dev.towline.store.EntityKey;
import dev.towline.store.NumberedChanges;
import dev.towline.store.VersionFloors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes each message of another instance once. Changes raise version floors and pass the stages like local ones; other messages go to the
 * {@link MessageListener}s of their kind. The numbers of all messages, own ones too, go to {@link NumberedChanges}.
 *
 * <p>A write of entities of several shards comes once with each of these shards, always as a whole: its changes pass the stages together,
 * and again with the next shard, where they are nothing new. Each message tells only of the entities of its shard.
 */
final class Inbound implements BusListener {

    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

    private final Shards shards;
    private final ChangeMessages messages;
    private final VersionFloors floors;
    private final ChangeStages stages;
    private final NumberedChanges numbers;
    private final Supplier<List<MessageListener>> listeners;
    private final Runnable mark;

    /**
     * @param listeners resolved at the first message for them, because they may themselves depend on the bus
     * @param mark uses up a number of this instance in each shard
     */
    Inbound(
            Shards shards,
            ChangeMessages messages,
            VersionFloors floors,
            ChangeStages stages,
            NumberedChanges numbers,
            Supplier<List<MessageListener>> listeners,
            Runnable mark) {
        this.shards = shards;
        this.messages = messages;
        this.floors = floors;
        this.stages = stages;
        this.numbers = numbers;
        this.listeners = listeners;
        this.mark = mark;
    }

    @Override
    public void received(int shard, Frame.Header header, byte[] payload) {
        List<Change> changes = read(payload);
        if (changes == null) {
            numbers.reached(header.instance(), header.sequence());
            missed(Reason.UNREADABLE);
            return;
        }
        if (!changes.isEmpty()) {
            apply(changes);
        }
        numbers.applied(header.instance(), header.sequence(), changes, in(shard));
    }

    @Override
    public void published(int shard, long publisher, long number, List<Change> write) {
        numbers.applied(publisher, number, write, in(shard));
    }

    private Predicate<EntityKey> in(int shard) {
        return entity -> shards.of(entity) == shard;
    }

    @Override
    public void reached(long publisher, long number) {
        numbers.reached(publisher, number);
    }

    @Override
    public void left(long publisher) {
        numbers.left(publisher);
    }

    @Override
    public void lost(long publisher) {
        numbers.lost(publisher);
    }

    @Override
    public void missed(Reason reason) {
        floors.doubt();
        stages.pass(new ChangeEvent.Gap(reason));
        mark.run();
        numbers.missed();
    }

    /** The changes in a message. A message of another kind has none, and is handed over. Null if this instance cannot read it. */
    private @Nullable List<Change> read(byte[] payload) {
        try (InputStream in = new ByteArrayInputStream(payload)) {
            return switch (MessageKind.read(in)) {
                case CHANGES -> messages.decode(in);
                case null -> null;
                case MessageKind kind -> {
                    handOver(kind, in);
                    yield List.of();
                }
            };
        } catch (IOException cut) {
            return null;
        }
    }

    private void apply(List<Change> changes) {
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
