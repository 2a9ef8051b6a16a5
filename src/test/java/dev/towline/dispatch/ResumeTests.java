package dev.towline.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.change.Fleet;
import dev.towline.vendor.Vendors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Boards that go from one instance to another, while instances come, go, crash and are cut off. */
class ResumeTests {

    private static final Duration DELAY = Duration.ofSeconds(10);

    private final Fleet fleet = new Fleet(List.of(Vendors.TABLE), 1);
    private final Instance one = start();
    private final Instance two = start();

    private record Instance(DispatchLog log, Fleet.Running bus) {

        void write(String id, int version) {
            bus.announce(Writes.write(Writes.vendor(id, version)));
        }
    }

    @Test
    void goesOnAtAnotherInstanceInTheMiddleOfWhatBothWrite() {
        calm();
        Reader reader = Reader.of(one.log);
        one.write("v1", 1);
        two.write("v2", 1);
        fleet.hearAll();
        one.write("v3", 1);
        two.write("v4", 1);
        fleet.hearAll();
        assertThat(reader.next()).isEqualTo("RESET");
        List<String> all = List.of("VENDOR v1 1", "VENDOR v2 1", "VENDOR v3 1", "VENDOR v4 1");
        for (int seen = 0; seen <= all.size(); seen++) {
            assertThat(Reader.after(two.log, reader.position()).all())
                    .as("after %d", seen)
                    .containsExactlyInAnyOrderElementsOf(all.subList(seen, all.size()));
            reader.next();
        }
    }

    @Test
    void isNotToldAgainWhatIsOnItsWayToTheOtherInstance() {
        calm();
        Reader reader = Reader.of(one.log);
        reader.all();
        one.write("v1", 1);
        assertThat(reader.all()).containsExactly("VENDOR v1 1");
        Reader moved = Reader.after(two.log, reader.position());
        fleet.hearAll();
        one.write("v2", 1);
        fleet.hearAll();

        assertThat(moved.all()).containsExactly("VENDOR v2 1");
    }

    @Test
    void goesOnAfterAnInstanceThatHasStopped() {
        calm();
        Reader reader = Reader.of(one.log);
        one.write("v1", 1);
        reader.all();
        one.write("v2", 1);
        one.bus.stop();
        calm();
        assertThat(Reader.after(two.log, reader.position()).all()).containsExactly("VENDOR v2 1");

        two.write("v3", 1);
        Reader last = Reader.after(two.log, reader.position());
        assertThat(last.all()).containsExactly("VENDOR v2 1", "VENDOR v3 1");
        assertThat(Reader.after(two.log, last.position()).all()).isEmpty();
    }

    @Test
    void anInstanceThatIsYoungerThanThePositionAnswersReset() {
        calm();
        Reader reader = Reader.of(one.log);
        reader.all();
        String before = reader.position();
        Instance young = start();
        calm();
        assertThat(Reader.after(young.log, before).next()).isEqualTo("RESET");

        one.write("v1", 1);
        fleet.hearAll();
        reader.all();
        two.write("v2", 1);
        fleet.hearAll();
        assertThat(Reader.after(young.log, reader.position()).all()).containsExactly("VENDOR v2 1");
    }

    /** The young instance does not know that there was something between. */
    @Test
    void nothingIsMissedOfAnInstanceThatCameAndWentUnheard() {
        calm();
        Reader reader = Reader.of(one.log);
        reader.all();
        Instance guest = start();
        fleet.hearAll();
        guest.write("v1", 1);
        guest.bus.stop();
        fleet.hearAll();
        Instance young = start();
        calm();

        assertThat(Reader.after(young.log, reader.position()).next()).isEqualTo("RESET");
        assertThat(Reader.after(one.log, reader.position()).all()).containsExactly("VENDOR v1 1");
    }

    @Test
    void aLostSubscriptionResetsEveryPositionFromBefore() {
        calm();
        Reader reader = Reader.of(one.log);
        reader.all();
        Reader moved = Reader.of(two.log);
        moved.all();
        Instance guest = start();
        guest.write("v1", 1);
        guest.bus.stop();
        two.bus.subscribeAgain();
        calm();

        assertThat(moved.next()).isEqualTo("RESET");
        assertThat(Reader.after(two.log, reader.position()).next()).isEqualTo("RESET");
        assertThat(Reader.after(one.log, reader.position()).all()).containsExactly("VENDOR v1 1");
    }

    /** Nobody knows what it had written last. */
    @Test
    void aKilledInstanceResetsEveryBoardAndEveryPositionFromBefore() {
        calm();
        one.write("v1", 1);
        fleet.hearAll();
        Reader reader = Reader.of(two.log);
        reader.all();
        String before = reader.position();
        one.bus.kill();
        calm();

        assertThat(reader.next()).isEqualTo("RESET");
        assertThat(Reader.after(two.log, before).next()).isEqualTo("RESET");
        calm();
        reader.all();
        two.write("v2", 1);
        assertThat(Reader.after(two.log, reader.position()).all()).containsExactly("VENDOR v2 1");
    }

    @Test
    void aPositionOfWhoHasNotNoticedTheKillingIsReset() {
        Instance three = start();
        calm();
        one.write("v1", 1);
        fleet.hearAll();
        one.bus.kill();
        // only the second one notices; the third one has its message about that, but no reason to doubt the first one
        // yet
        two.log.lost(1);
        two.bus.announce(List.of());
        two.log.missed();
        fleet.hearAll();
        Reader reader = Reader.of(three.log);
        reader.all();

        assertThat(Reader.after(two.log, reader.position()).next()).isEqualTo("RESET");
    }

    @Test
    void anInstanceThatWasSilentAndHasNothingNewCanBeResumedAgain() {
        calm();
        one.write("v1", 1);
        fleet.hearAll();
        one.bus.connect(false);
        calm();
        one.bus.connect(true);
        calm();
        calm();
        Reader reader = Reader.of(two.log);
        reader.all();
        one.write("v2", 1);
        fleet.hearAll();

        assertThat(Reader.after(two.log, reader.position()).all()).containsExactly("VENDOR v2 1");
        assertThat(Reader.after(one.log, reader.position()).all()).containsExactly("VENDOR v2 1");
    }

    @Test
    void whatRedisDidNotTakeResetsTheBoardsOfOthersAndOnlyThem() {
        calm();
        Reader here = Reader.of(one.log);
        Reader there = Reader.of(two.log);
        here.all();
        there.all();
        String before = there.position();
        one.bus.connect(false);
        one.write("v1", 1);
        one.bus.connect(true);
        calm();

        assertThat(here.all()).containsExactly("VENDOR v1 1");
        assertThat(there.next()).isEqualTo("RESET");
        assertThat(Reader.after(two.log, before).next()).isEqualTo("RESET");
        assertThat(Reader.after(one.log, before).all()).containsExactly("VENDOR v1 1");
    }

    @Test
    void positionsDoNotGrowWithInstancesThatHaveStopped() {
        calm();
        Reader reader = Reader.of(two.log);
        reader.all();
        int length = reader.position().length();
        for (int i = 0; i < 200; i++) {
            Instance guest = start();
            fleet.hearAll();
            guest.write("v" + i, 1);
            guest.bus.stop();
            fleet.hearAll();
            two.write("w", i + 1);
            reader.all();
        }

        assertThat(reader.position().length()).isLessThan(2 * length);
        assertThat(Reader.after(two.log, reader.position()).all()).isEmpty();
        assertThat(Reader.after(one.log, reader.position()).all()).isEmpty();
    }

    @Test
    void aPositionFromBeforeMoreInstancesThanAreRememberedIsReset() {
        calm();
        Reader reader = Reader.of(two.log);
        reader.all();
        String before = reader.position();
        for (int i = 0; i < 100; i++) {
            Instance guest = start();
            fleet.hearAll();
            guest.write("v" + i, 1);
            guest.bus.stop();
            fleet.hearAll();
        }

        assertThat(Reader.after(two.log, before).next()).isEqualTo("RESET");
        assertThat(reader.next())
                .as("what it has not read is not there any more")
                .isEqualTo("RESET");
        calm();
        two.write("w", 1);
        reader.all();
        assertThat(Reader.after(two.log, reader.position()).all()).isEmpty();
    }

    private Instance start() {
        DispatchLog log = new DispatchLog(
                new DispatchSettings(1_000, DELAY),
                fleet.clock(),
                new DispatchMetrics(new SimpleMeterRegistry()),
                new ManualThreads());
        Instance instance = new Instance(log, fleet.start(log));
        fleet.hearAll();
        return instance;
    }

    /** So long that lists have everything. */
    private void calm() {
        for (int beats = 0; beats < 50; beats++) {
            fleet.pass(Fleet.BEAT);
            fleet.hearAll();
        }
    }
}
