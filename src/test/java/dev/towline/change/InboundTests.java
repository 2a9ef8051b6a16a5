package dev.towline.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Origin;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.ChangeStage;
import dev.towline.store.ChangeStages;
import dev.towline.store.EntityBytes;
import dev.towline.store.EntityKey;
import dev.towline.store.Notes;
import dev.towline.store.Notes.Line;
import dev.towline.store.Notes.Note;
import dev.towline.store.NumberedChanges;
import dev.towline.store.VersionFloors;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InboundTests {

    private final ChangeMessages messages = new ChangeMessages(new EntityBytes(List.of(Notes.NOTES, Notes.LINES)));
    private final VersionFloors floors = new VersionFloors(Duration.ofMinutes(10), () -> Instant.EPOCH);
    private final List<ChangeEvent> events = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final Numbers numbers = new Numbers();
    private long received;
    private final Note before = Note.first("n1", "top", "a");
    private final Note now = before.with("b");
    private final Line line = Line.first(Notes.ACME, "n1", 7);
    private final Inbound inbound = new Inbound(
            Shards.ONE,
            messages,
            floors,
            new ChangeStages(() -> List.of(new Recording())),
            numbers,
            () -> List.of(new Others()),
            () -> numbers.noted.add("mark"));

    private final class Recording implements ChangeStage {

        @Override
        public Stage stage() {
            return Stage.LIVE;
        }

        @Override
        public void pass(ChangeEvent event) {
            events.add(event);
        }
    }

    /** Notes the numbers, and between them how many events have passed the stages. */
    private final class Numbers implements NumberedChanges {

        private final List<String> noted = new ArrayList<>();

        @Override
        public void applied(long publisher, long number, List<Change> write, Predicate<EntityKey> told) {
            long count = write.stream().map(Change::key).filter(told).count();
            noted.add("%d:%d with %d after %d".formatted(publisher, number, count, events.size()));
        }

        @Override
        public void reached(long publisher, long number) {
            noted.add("%d:%d reached".formatted(publisher, number));
        }

        @Override
        public void left(long publisher) {
            noted.add(publisher + " left");
        }

        @Override
        public void lost(long publisher) {
            noted.add(publisher + " lost");
        }

        @Override
        public void missed() {
            noted.add("missed after " + events.size());
        }
    }

    private final class Others implements MessageListener {

        @Override
        public Set<MessageKind> kinds() {
            return Set.of(MessageKind.EVICT);
        }

        @Override
        public void received(MessageKind kind, InputStream body) {
            others.add(kind + " " + MessageKind.CBOR.readValue(body, Integer.class));
        }
    }

    @Test
    void passesAllChangesOfOneWriteTogetherAndRaisesTheirFloorsBefore() {
        List<Change> changes = List.of(new Change(now, before), new Change(line, null));

        receive(inbound, messages.encode(changes));

        assertThat(events).containsExactly(new ChangeEvent.Applied(changes, Origin.REMOTE));
        assertThat(floors.of(now.key().ref())).isEqualTo(2);
        assertThat(floors.of(line.key().ref()))
                .as("rows of a list have no floor")
                .isZero();
    }

    @Test
    void takesAMessageThatItCannotReadForAGap() {
        byte[] otherLayout = messages.encode(List.of(new Change(now, before)));
        otherLayout[0]++;
        byte[] unknownEntity = new ChangeMessages(new EntityBytes(List.of(Notes.NOTES, Notes.LINES)))
                .encode(List.of(new Change(now, before), new Change(line, null)));
        Inbound older = new Inbound(
                Shards.ONE,
                new ChangeMessages(new EntityBytes(List.of(Notes.NOTES))),
                floors,
                new ChangeStages(() -> List.of(new Recording())),
                numbers,
                List::of,
                () -> {});

        receive(inbound, otherLayout);
        receive(inbound, new byte[] {99});
        receive(inbound, new byte[0]);
        receive(older, unknownEntity);

        assertThat(events).hasSize(4).containsOnly(new ChangeEvent.Gap(Reason.UNREADABLE));
        assertThat(floors.isDoubtful()).isTrue();
    }

    @Test
    void takesAMessageThatEndsTooEarlyForAGapWhereverThatIs() {
        byte[] payload = messages.encode(List.of(new Change(now, before)));
        for (int length = 0; length < payload.length; length++) {
            events.clear();
            receive(inbound, Arrays.copyOf(payload, length));
            assertThat(events)
                    .as("%d of %d bytes", length, payload.length)
                    .containsExactly(new ChangeEvent.Gap(Reason.UNREADABLE));
        }
    }

    @Test
    void passesAGapToAllStagesAndDoubtsTheFloors() {
        inbound.missed(Reason.SILENCE);

        assertThat(events).containsExactly(new ChangeEvent.Gap(Reason.SILENCE));
        assertThat(floors.isDoubtful()).isTrue();
    }

    @Test
    void handsOtherKindsOfMessagesToThoseWhoHearThem() {
        receive(inbound, MessageKind.EVICT.encode(42));
        receive(inbound, MessageKind.EVICTED.encode(42));

        assertThat(others).as("nobody here hears the second kind").containsExactly("EVICT 42");
        assertThat(events).isEmpty();
    }

    @Test
    void tellsTheNumberOfEachMessageAfterTheStages() {
        receive(inbound, messages.encode(List.of(new Change(now, before), new Change(line, null))));
        receive(inbound, MessageKind.EVICT.encode(42));
        receive(inbound, new byte[] {99});
        receive(inbound, messages.encode(List.of()));
        inbound.published(Shards.COMMON, 8, 1, List.of(new Change(now, before)));
        inbound.reached(9, 7);
        inbound.left(9);
        inbound.lost(9);

        assertThat(numbers.noted)
                .containsExactly(
                        "9:1 with 2 after 1",
                        "9:2 with 0 after 1",
                        "9:3 reached",
                        "mark",
                        "missed after 2",
                        "9:4 with 0 after 2",
                        "8:1 with 1 after 2",
                        "9:7 reached",
                        "9 left",
                        "9 lost");
    }

    /** So a vendor's board still sees which session an incident changed with, and nothing is told twice. */
    @Test
    void aWriteOfSeveralShardsPassesAsAWholeAndEachMessageTellsOfItsOwnEntities() {
        Shards shards = new Shards(2);
        Inbound sharded = new Inbound(
                shards,
                messages,
                floors,
                new ChangeStages(() -> List.of(new Recording())),
                numbers,
                List::of,
                () -> {});
        List<Change> write = IntStream.range(0, 3)
                .mapToObj(id -> new Change(Note.first("n" + id, "top", "a"), null))
                .toList();
        long inFirst =
                write.stream().filter(change -> shards.of(change.key()) == 0).count();
        assertThat(inFirst).isBetween(1L, 2L);
        for (int shard : shards.of(write)) {
            sharded.received(shard, new Frame.Header(Frame.Kind.MESSAGE, 9 + shard, 1, 0), messages.encode(write));
            sharded.published(shard, 90 + shard, 1, write);
        }

        ChangeEvent whole = new ChangeEvent.Applied(write, Origin.REMOTE);
        assertThat(events).containsExactly(whole, whole);
        assertThat(numbers.noted)
                .containsExactly(
                        "9:1 with %d after 1".formatted(inFirst),
                        "90:1 with %d after 1".formatted(inFirst),
                        "10:1 with %d after 2".formatted(3 - inFirst),
                        "91:1 with %d after 2".formatted(3 - inFirst));
    }

    @Test
    void survivesAListenerThatFails() {
        receive(inbound, new byte[] {3, 2});

        assertThat(others).isEmpty();
        assertThat(events).isEmpty();
    }

    private void receive(Inbound by, byte[] payload) {
        by.received(Shards.COMMON, new Frame.Header(Frame.Kind.MESSAGE, 9, ++received, 0), payload);
    }
}
