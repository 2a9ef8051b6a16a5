package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.begun;
import static dev.towline.tracking.Drives.fix;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.dynamo.StoreOfTables;
import dev.towline.store.EntityBytes;
import dev.towline.store.ItemReader;
import dev.towline.store.ItemValue;
import dev.towline.store.ItemWriter;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions and chunks of the trail are read as they were written, in few bytes. */
class SessionItemsTests {

    /** What a message has besides the entity, see {@code FrameTests}. */
    private static final int MESSAGE_BYTES = 64;

    private final SessionItems items = new SessionItems();

    @Test
    void aNewSessionIsReadAsItWasWritten() {
        TrackingSession session = begun();
        assertThat(reread(session)).isEqualTo(session);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aMovedSessionIsReadAsItWasWritten(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            TrackingSession session = any(random);
            assertThat(reread(session)).isEqualTo(session);
            Tail.Split split = session.tail().keeping(random.nextInt(12));
            TrackingSession rest = session.with(split.rest());
            assertThat(reread(rest)).isEqualTo(rest);
            for (TrailChunk chunk : TrailChunk.of(session, split.moved())) {
                assertThat(reread(chunk)).isEqualTo(chunk);
            }
        }
    }

    @Test
    void aFixOfAMovingVehicleTakesTwentyBytesAtMost() {
        TrackingSession ten = drive(10);
        TrackingSession thirty = drive(30);

        assertThat(bytes(thirty) - bytes(ten)).isLessThanOrEqualTo(20 * 20);
    }

    @Test
    void aLiveOnlyFixTakesFourBytesAtMost() {
        List<LocationInput> still = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            still.add(fix(100 + i, 30, -97, 0.0));
        }
        TrackingSession session = judge(begun(), still.subList(0, 2));

        assertThat(bytes(judge(begun(), still)) - bytes(session)).isLessThanOrEqualTo(19 * 4);
    }

    @Test
    void thePartsOfATrailAreComplete() {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Tail tail = any(random).tail();
            Tail.Split split = tail.keeping(random.nextInt(12));
            List<TailEntry> all = new ArrayList<>(split.moved());
            all.addAll(split.rest().entries());
            assertThat(all).containsExactlyInAnyOrderElementsOf(tail.entries());
            assertThat(split.rest().entries()).allMatch(entry -> entry.sequence() != null);
            assertThat(split.rest().newestInTrail()).isEqualTo(tail.newestInTrail());
            if (split.rest().movedThrough() != null) {
                assertThat(split.moved())
                        .as("whoever looks for a fix after this time looks in the tail only")
                        .allSatisfy(entry -> assertThat(entry.recordedAt())
                                .isBeforeOrEqualTo(split.rest().movedThrough()));
            }
        }
    }

    @Test
    void aChunkIsKeptForThirtyDaysAfterItsLastFixArrived() {
        TrailChunk chunk = TrailChunk.of(drive(30), drive(30).tail().entries()).getFirst();
        assertThat(Objects.requireNonNull(TrailChunk.TABLE.expiry()).apply(chunk))
                .isEqualTo(at(120).plus(Duration.ofDays(30)));
    }

    /** The longest ids take the item beyond a kilobyte, but then its tail must not move at every fix. */
    @ParameterizedTest
    @CsvSource({
        "7, 36, 36, 1024",
        "7, 64, 64, 1024",
        "43, 36, 0, 1024",
        "64, 36, 0, 2048",
        "64, 64, 64, 2048",
        "7, 36, 255, 2048"
    })
    void anItemStaysWithinItsUnits(int tenantCharacters, int idCharacters, int callerCharacters, int most) {
        SessionKey key =
                new SessionKey(new Tenant("t".repeat(tenantCharacters)), "123e4567-e89b-12d3-a456-426614174000");
        String id = "x".repeat(idCharacters);
        TrackingSession session = TrackingSession.begin(key, id, id, Drives.SCENE, Drives.START, Drives.START)
                .reportedBy("c".repeat(callerCharacters));
        for (SessionStatus status : List.of(SessionStatus.EN_ROUTE, SessionStatus.ARRIVED, SessionStatus.IN_SERVICE)) {
            session = session.in(status, at(1));
        }
        EntityBytes messages = new EntityBytes(List.of(Sessions.TABLE));
        int moves = 0;
        for (int i = 0; i < 300; i++) {
            session = judge(session, List.of(i % 50 == 49 ? fix(i, 50, 10, 1.0) : driven(i)));
            if (!SessionItems.fits(session)) {
                moves++;
                session = session.with(session.tail().keeping(8).rest());
            }
            assertThat(StoreOfTables.itemBytes(Sessions.TABLE, session)).isLessThanOrEqualTo(most);
            assertThat(messages.encode(session).length + MESSAGE_BYTES)
                    .as("the message to the other instances, with the whole tail")
                    .isLessThanOrEqualTo(most);
        }
        assertThat(moves).as("moves of 300 fixes").isBetween(2, 75);
    }

    /** A session that received fixes of all kinds in any order. */
    private static TrackingSession any(Random random) {
        TrackingSession session = random.nextBoolean() ? begun() : begun().reportedBy("c" + random.nextInt());
        for (int call = 0; call < 3; call++) {
            List<LocationInput> fixes = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                double seconds = random.nextInt(1_000) / 10.0;
                fixes.add(
                        switch (random.nextInt(5)) {
                            case 0 -> fix(seconds, 30, -97, null);
                            case 1 -> fix(seconds, 31 + random.nextInt(2), -97, null);
                            case 2 -> new LocationInput(30 + seconds / 10_000, -97, at(seconds), null, 1.0, null);
                            default -> fix(seconds);
                        });
            }
            session = judge(session, fixes);
        }
        return session;
    }

    private static TrackingSession drive(int fixes) {
        List<LocationInput> drive = new ArrayList<>();
        for (int i = 0; i < fixes; i++) {
            drive.add(driven(i));
        }
        return judge(begun(), drive);
    }

    private static LocationInput driven(int i) {
        return new LocationInput(
                30.1 + i * 0.000_1372, -97.3 + i * 0.000_0921, at(i * 1.003), 15.37 + i, 33.3 + i, 4.5);
    }

    private static TrackingSession judge(TrackingSession session, List<LocationInput> fixes) {
        return new Judge(session, List.of(), Drives.settings(true), Drives.ETAS, at(120))
                .judge(fixes)
                .session();
    }

    private int bytes(TrackingSession session) {
        ItemWriter written = new ItemWriter();
        items.write(session, written);
        return written.attributes().values().stream()
                .mapToInt(value -> ((ItemValue.Binary) value).value().remaining())
                .sum();
    }

    private TrackingSession reread(TrackingSession session) {
        ItemWriter written = new ItemWriter();
        items.write(session, written);
        return items.read(new ItemReader(
                session.key().tenant(), session.id(), null, session.revision(), Map.copyOf(written.attributes())));
    }

    private static TrailChunk reread(TrailChunk chunk) {
        ItemWriter written = new ItemWriter();
        TrailChunk.TABLE.codec().write(chunk, written);
        return TrailChunk.TABLE
                .codec()
                .read(new ItemReader(
                        chunk.key().tenant(),
                        chunk.key().id(),
                        chunk.sort(),
                        chunk.revision(),
                        Map.copyOf(written.attributes())));
    }
}
