package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.begun;
import static dev.towline.tracking.Drives.fix;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.ItemReader;
import dev.towline.store.ItemValue;
import dev.towline.store.ItemWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions and chunks of the trail are read as they were written, in few bytes. */
class SessionItemsTests {

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
            for (TrailChunk chunk : TrailChunk.of(session.key(), session.version(), split.moved())) {
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
            assertThat(all).isEqualTo(tail.entries());
            assertThat(split.rest().newest()).isEqualTo(tail.newest());
            if (split.rest().movedThrough() != null) {
                assertThat(split.moved())
                        .as("whoever looks for a fix after this time looks in the tail only")
                        .allSatisfy(entry -> assertThat(entry.recordedAt())
                                .isBeforeOrEqualTo(split.rest().movedThrough()));
            }
        }
    }

    /** A session that received fixes of all kinds in any order. */
    private static TrackingSession any(Random random) {
        TrackingSession session = begun();
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
            drive.add(new LocationInput(
                    30.1 + i * 0.000_1372, -97.3 + i * 0.000_0921, at(i * 1.003), 15.37 + i, 33.3 + i, 4.5));
        }
        return judge(begun(), drive);
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
