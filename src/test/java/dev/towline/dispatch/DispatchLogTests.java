package dev.towline.dispatch;

import static dev.towline.dispatch.Writes.ACME;
import static dev.towline.dispatch.Writes.incident;
import static dev.towline.dispatch.Writes.vendor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.store.Entity;
import dev.towline.tracking.SomeSessions;
import dev.towline.tracking.TrackingSession;
import dev.towline.viewer.Role;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatchLogTests {

    private static final long SELF = 1;
    private static final long OTHER = -2;
    private static final Duration DELAY = Duration.ofSeconds(10);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.EPOCH;
    private long number;
    private final DispatchLog log = log(1_000);

    @BeforeEach
    void subscribe() {
        gap(log);
        now = now.plus(DELAY);
    }

    @Test
    void opensWithAResetThatReachesBackByTheDelayOfLists() {
        write(log, vendor("before", 1));
        now = now.plusMillis(1);
        write(log, vendor("v1", 1), incident("i1", 1));
        write(log, vendor("v1", 2));
        now = now.plus(DELAY);
        Reader reader = Reader.of(log);
        write(log, incident("i2", 1));

        assertThat(reader.next()).isEqualTo("RESET");
        String position = reader.position();
        assertThat(reader.all()).containsExactly("INCIDENT i1 1", "VENDOR v1 2", "INCIDENT i2 1");
        assertThat(Reader.after(log, position).all()).containsExactly("INCIDENT i1 1", "VENDOR v1 2", "INCIDENT i2 1");
        assertThat(resets("opened")).isEqualTo(1);
    }

    @Test
    void resumesAfterEachItemWithoutAHoleAndWithoutARepeat() {
        Reader reader = Reader.of(log);
        write(log, vendor("v1", 1), incident("i1", 1), vendor("v2", 1));
        log.applied(OTHER, 1, Writes.write(vendor("v3", 1), vendor("v4", 1)), _ -> true);
        write(log);
        write(log, vendor("v5", 1));
        List<String> expected =
                List.of("VENDOR v1 1", "INCIDENT i1 1", "VENDOR v2 1", "VENDOR v3 1", "VENDOR v4 1", "VENDOR v5 1");

        assertThat(reader.next()).isEqualTo("RESET");
        for (int seen = 0; seen <= expected.size(); seen++) {
            assertThat(Reader.after(log, reader.position()).all())
                    .as("after %d", seen)
                    .isEqualTo(expected.subList(seen, expected.size()));
            assertThat(reader.next()).isEqualTo(seen == expected.size() ? "" : expected.get(seen));
        }
    }

    @Test
    void aSlowBoardAndOneThatResumesGetOnlyTheNewestChangeOfAnObject() {
        Reader reader = Reader.of(log);
        reader.all();
        write(log, vendor("v1", 1), vendor("v2", 1));
        assertThat(reader.next()).isEqualTo("VENDOR v1 1");
        write(log, vendor("v1", 2));
        write(log, vendor("v2", 2));
        write(log, vendor("v1", 3));

        assertThat(Reader.after(log, reader.position()).all()).containsExactly("VENDOR v2 2", "VENDOR v1 3");
        assertThat(reader.all()).containsExactly("VENDOR v2 2", "VENDOR v1 3");
    }

    @Test
    void anOlderChangeThatArrivesLateIsNotShown() {
        Reader reader = Reader.of(log);
        reader.all();
        log.applied(OTHER, 1, Writes.write(vendor("v1", 3)), _ -> true);
        write(log, vendor("v1", 2));
        write(log, vendor("v1", 3));

        assertThat(reader.all()).containsExactly("VENDOR v1 3");
        assertThat(reader.all()).isEmpty();
    }

    @Test
    void showsEachTenantItsOwn() {
        Tenant other = new Tenant("other");
        Reader reader = Reader.of(log);
        Reader stranger = Reader.of(log, Reader.dispatcher(other));
        reader.all();
        stranger.all();
        write(log, vendor("v1", 1));
        write(log, vendor(other, "v1", 7));

        assertThat(reader.all()).containsExactly("VENDOR v1 1");
        assertThat(stranger.all()).containsExactly("VENDOR v1 7");
    }

    @Test
    void showsAVendorItselfItsSessionsAndWhatTheyChange() {
        Reader v1 = Reader.of(log, Reader.vendor("v1"));
        Reader v2 = Reader.of(log, Reader.vendor("v2"));
        Reader operator = Reader.of(log, new Viewer(Role.OPERATOR, "v3", ACME));
        Reader caller = Reader.of(log, new Viewer(Role.CALLER, "v1", ACME));
        List.of(v1, v2, operator, caller).forEach(Reader::all);
        TrackingSession first = SomeSessions.of(ACME, "s1", "i1", "v1");
        TrackingSession second = SomeSessions.of(ACME, "s2", "i1", "v2");

        write(log, incident("i1", 1));
        write(log, first, incident("i1", 2), vendor("v1", 2));
        write(log, SomeSessions.next(first), incident("i1", 3), vendor("v1", 3));
        write(log, second, incident("i1", 4), vendor("v2", 2));
        write(log, incident("i1", 5));

        assertThat(v1.all()).containsExactly("SESSION s1 2", "INCIDENT i1 3", "VENDOR v1 3");
        assertThat(v2.all()).containsExactly("SESSION s2 1", "INCIDENT i1 4", "VENDOR v2 2");
        assertThat(operator.all())
                .containsExactly(
                        "SESSION s1 2",
                        "INCIDENT i1 3",
                        "VENDOR v1 3",
                        "SESSION s2 1",
                        "INCIDENT i1 4",
                        "VENDOR v2 2",
                        "INCIDENT i1 5");
        assertThat(caller.all()).isEmpty();
    }

    @Test
    void aBoardThatFallsOutOfTheLogIsReset() {
        DispatchLog small = log(2);
        gap(small);
        now = now.plus(DELAY);
        Reader slow = Reader.of(small);
        Reader quick = Reader.of(small);
        slow.all();
        quick.all();
        for (int i = 1; i <= 3; i++) {
            write(small, vendor("v" + i, 1));
            assertThat(quick.all()).containsExactly("VENDOR v" + i + " 1");
        }

        assertThat(slow.all()).containsExactly("RESET", "VENDOR v2 1", "VENDOR v3 1");
        assertThat(resets("too_slow")).isEqualTo(1);
    }

    @Test
    void aPositionBeforeWhatTheLogHasIsReset() {
        DispatchLog small = log(2);
        gap(small);
        now = now.plus(DELAY);
        Reader reader = Reader.of(small);
        reader.next();
        String first = reader.position();
        write(small, vendor("v1", 1));
        reader.next();
        String second = reader.position();
        write(small, vendor("v2", 1));
        write(small, vendor("v3", 1));

        assertThat(Reader.after(small, first).next()).isEqualTo("RESET");
        assertThat(Reader.after(small, second).all()).containsExactly("VENDOR v2 1", "VENDOR v3 1");
        assertThat(resets("not_resumable")).isEqualTo(1);
    }

    @Test
    void anotherTenantsChangesPushNobodyOutOfTheLog() {
        DispatchLog small = log(2);
        gap(small);
        now = now.plus(DELAY);
        Reader reader = Reader.of(small);
        reader.all();
        for (int i = 1; i <= 5; i++) {
            write(small, vendor(new Tenant("other"), "v" + i, 1));
        }
        write(small, vendor("v1", 1));

        assertThat(reader.all()).containsExactly("VENDOR v1 1");
    }

    @Test
    void aGapResetsEveryBoardAndEveryPositionFromBefore() {
        Reader reader = Reader.of(log);
        write(log, vendor("v1", 1));
        reader.all();
        String before = reader.position();
        gap(log);

        assertThat(reader.next()).isEqualTo("RESET");
        assertThat(Reader.after(log, before).next()).isEqualTo("RESET");
        now = now.plus(DELAY);
        assertThat(reader.all()).containsExactly("RESET");
        assertThat(Reader.after(log, reader.position()).all()).isEmpty();
        assertThat(resets("gap")).isEqualTo(1);
    }

    @Test
    void resetsOnceMoreWhenTheLogReachesBackFarEnough() {
        gap(log);
        now = now.plusSeconds(4);
        write(log, vendor("v1", 1));
        Reader reader = Reader.of(log);
        assertThat(reader.all()).containsExactly("RESET", "VENDOR v1 1");
        now = now.plusSeconds(6).minusMillis(1);
        assertThat(reader.all()).isEmpty();
        now = now.plusMillis(1);

        assertThat(reader.all()).containsExactly("RESET", "VENDOR v1 1");
        now = now.plus(DELAY);
        assertThat(reader.all()).isEmpty();
        assertThat(resets("lists_lagged")).isEqualTo(1);
    }

    @Test
    void aBoardThatResumesBeforeThatGetsItsResetToo() {
        gap(log);
        now = now.plusSeconds(4);
        Reader reader = Reader.of(log);
        write(log, vendor("v1", 1));
        assertThat(reader.all()).containsExactly("RESET", "VENDOR v1 1");
        assertThat(Reader.after(log, reader.position()).next()).isEqualTo("RESET");
        now = now.plus(DELAY);
        assertThat(Reader.after(log, reader.position()).next()).isEqualTo("RESET");
        reader.all();

        assertThat(Reader.after(log, reader.position()).all()).doesNotContain("RESET");
    }

    @Test
    void resetsNowAndThenWhileTheLogIsTooSmallForTheDelay() {
        DispatchLog small = log(1);
        gap(small);
        now = now.plus(DELAY);
        write(small, vendor("v1", 1));
        now = now.plusSeconds(9);
        write(small, vendor("v2", 1));
        Reader reader = Reader.of(small);
        assertThat(reader.all()).containsExactly("RESET", "VENDOR v2 1");
        now = now.plus(DELAY).minusMillis(1);
        assertThat(reader.all()).isEmpty();
        now = now.plusMillis(1);
        assertThat(reader.all()).containsExactly("RESET", "VENDOR v2 1");
        now = now.plus(DELAY);

        assertThat(reader.all()).isEmpty();
    }

    @Test
    void nothingCanBeResumedBeforeTheInstanceHears() {
        DispatchLog young = log(10);
        young.applied(SELF, 1, Writes.write(vendor("v1", 1)), _ -> true);
        Reader reader = Reader.of(young);
        assertThat(reader.next()).isEqualTo("RESET");

        assertThat(Reader.after(young, reader.position()).next()).isEqualTo("RESET");
        assertThat(Reader.after(young, Position.NOTHING.encode()).next()).isEqualTo("RESET");
    }

    @Test
    void keepsNothingOfATenantThatHasNeitherChangesNorBoards() {
        DispatchLog small = log(1);
        gap(small);
        for (int i = 0; i < 100; i++) {
            write(small, vendor(new Tenant("t" + i), "v", 1));
        }
        Reader reader = Reader.of(small, Reader.dispatcher(new Tenant("quiet")));
        assertThat(small.tenantCount()).isEqualTo(2);
        reader.close();

        assertThat(small.tenantCount()).isEqualTo(1);
    }

    /** What boards have seen does not matter for who else reads. */
    @Test
    void manyBoardsReadAtTheirOwnSpeed() {
        List<Reader> readers =
                IntStream.range(0, 5).mapToObj(_ -> Reader.of(log)).toList();
        List<List<String>> read = new ArrayList<>();
        readers.forEach(_ -> read.add(new ArrayList<>()));
        for (int i = 0; i < 30; i++) {
            write(log, vendor("v" + i, 1));
            for (int each = 0; each < readers.size(); each++) {
                if (i % (each + 1) == 0) {
                    read.get(each).add(readers.get(each).next());
                }
            }
        }
        for (int each = 0; each < readers.size(); each++) {
            read.get(each).addAll(readers.get(each).all());
            assertThat(read.get(each)).as("reader %d", each).hasSize(31).doesNotHaveDuplicates();
        }
    }

    /** Its other message tells of the other entities. */
    @Test
    void ofAWriteOnlyThatIsToldWhatItsMessageTellsOf() {
        Reader dispatcher = Reader.of(log);
        assertThat(dispatcher.next()).isEqualTo("RESET");
        var write = Writes.write(incident("i1", 1), vendor("v1", 1));
        log.applied(OTHER, 1, write, key -> key.entity().equals("vendor"));
        String between = dispatcher.position();
        assertThat(dispatcher.all()).containsExactly("VENDOR v1 1");
        log.applied(3, 1, write, key -> key.entity().equals("incident"));

        assertThat(dispatcher.all()).containsExactly("INCIDENT i1 1");
        assertThat(Reader.after(log, between).all()).containsExactly("VENDOR v1 1", "INCIDENT i1 1");
        assertThat(Reader.after(log, dispatcher.position()).all()).isEmpty();
    }

    /** With many instances and shards. It begins anew then, which is more than nothing. */
    @Test
    void aPositionThatWouldBeTooLongIsOneThatCannotBeResumed() {
        Reader reader = Reader.of(log);
        reader.all();
        IntStream.rangeClosed(1, 1_001).forEach(publisher -> log.applied(1_000 + publisher, 1, List.of(), _ -> true));
        write(log, vendor("v1", 1));
        assertThat(reader.all()).containsExactly("VENDOR v1 1");

        assertThat(Position.decode(reader.position())).isEqualTo(Position.NOTHING);
        assertThat(Reader.after(log, reader.position()).next()).isEqualTo("RESET");
    }

    private DispatchLog log(int size) {
        return new DispatchLog(
                new DispatchSettings(size, DELAY), () -> now, new DispatchMetrics(meters), new ManualThreads());
    }

    private void write(DispatchLog to, Entity... values) {
        to.applied(SELF, ++number, Writes.write(values), _ -> true);
    }

    /** As the bus reports it: with a number of this instance. */
    private void gap(DispatchLog of) {
        of.applied(SELF, ++number, List.of(), _ -> true);
        of.missed();
    }

    private double resets(String reason) {
        return meters.get("towline.dispatch.resets")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
