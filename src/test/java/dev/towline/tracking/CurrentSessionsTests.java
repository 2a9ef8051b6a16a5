package dev.towline.tracking;

import static dev.towline.tracking.Drives.at;
import static dev.towline.tracking.Drives.begun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.towline.problem.NotFound;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Origin;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.ChangeFeed;
import dev.towline.store.InMemoryStore;
import dev.towline.store.PartlyProven;
import dev.towline.store.VersionFloors;
import dev.towline.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CurrentSessionsTests {

    private final AtomicReference<Instant> now = new AtomicReference<>(at(0));
    private final AtomicBoolean isProven = new AtomicBoolean(true);
    private final InstantSource clock = now::get;
    private final List<ChangeEvent.Applied> announced = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile Runnable beforeAnswer = () -> {};
    private final InMemoryStore store = new InMemoryStore(announced::add, () -> {
        reads.incrementAndGet();
        beforeAnswer.run();
    });
    private final VersionFloors floors = new VersionFloors(Duration.ofMinutes(10), clock);
    private final CurrentSessions current = new CurrentSessions(store, floors, isProven::get, clock);
    private final AtomicInteger waiting = new AtomicInteger();
    private final TrackingSession first = begun();
    private final TrackingSession second = first.in(SessionStatus.EN_ROUTE, at(10));
    private final TrackingSession third = second.in(SessionStatus.ARRIVED, at(20));

    @Test
    void readsOnceAndThenKnows() {
        store.write(new Write<>(Sessions.TABLE, first));

        assertThat(current.get(first.key(), 0)).isEqualTo(first);
        pass(Duration.ofSeconds(30));
        assertThat(current.get(first.key(), 0)).isEqualTo(first);
        assertThat(reads).hasValue(1);
    }

    @Test
    void aSessionThatDoesNotExistIsNotFound() {
        assertThatThrownBy(() -> current.get(first.key(), 0)).isInstanceOf(NotFound.class);
    }

    @ParameterizedTest
    @EnumSource
    void takesChangesOverWhoeverMadeThem(Origin origin) {
        known();
        current.pass(changed(third, origin));
        current.pass(changed(second, origin));

        assertThat(current.get(first.key(), 0)).as("they may come out of order").isEqualTo(third);
        assertThat(reads).hasValue(1);
    }

    @Test
    void readsAgainBelowAVersionThatAClientHasSeen() {
        known();
        store.write(new Write<>(Sessions.TABLE, second));
        floors.claim(first.key().ref(), second.version());

        assertThat(current.get(first.key(), 0)).isEqualTo(second);
    }

    @Test
    void readsAgainBelowASequenceThatTheCallerHas() {
        known();
        store.write(new Write<>(Sessions.TABLE, second));

        assertThat(current.get(first.key(), second.sequence())).isEqualTo(second);
        assertThat(current.get(first.key(), 99)).as("what no session has").isEqualTo(second);
    }

    @ParameterizedTest
    @EnumSource
    void readsAgainAfterAGap(Reason reason) {
        known();
        current.pass(new ChangeEvent.Gap(reason));
        pass(Duration.ofMillis(1));

        current.get(first.key(), 0);
        assertThat(reads).hasValue(2);
    }

    /** What was lost in the gap may be missing in it. */
    @Test
    void doesNotRememberWhatWasReadBeforeAGap() {
        store.write(new Write<>(Sessions.TABLE, first));
        beforeAnswer = () -> {
            pass(Duration.ofMillis(1));
            current.pass(new ChangeEvent.Gap(Reason.LOST));
        };
        current.get(first.key(), 0);
        beforeAnswer = () -> {};
        pass(Duration.ofMillis(1));

        current.get(first.key(), 0);
        assertThat(reads).hasValue(2);
    }

    @Test
    void readsAgainAfterAWriteOfUnknownOutcome() {
        known();
        current.pass(new ChangeEvent.Doubt(List.of(first.key())));

        current.get(first.key(), 0);
        assertThat(reads).hasValue(2);
    }

    @Test
    void knowsNothingForMoreThanASecondWhileOtherInstancesCannotBeHeard() {
        known();
        isProven.set(false);
        pass(Duration.ofMillis(999));
        current.get(first.key(), 0);
        assertThat(reads).hasValue(1);

        pass(Duration.ofMillis(1));
        current.get(first.key(), 0);
        assertThat(reads).hasValue(2);
    }

    @Test
    void aSessionWhoseOwnChangesArriveIsKnownWhileOthersMayBeMissing() {
        ChangeFeed partly = new PartlyProven(entity -> isProven.get() && entity.equals(first.key()));
        CurrentSessions partlyProven = new CurrentSessions(store, floors, partly, clock);
        store.write(new Write<>(Sessions.TABLE, first));
        partlyProven.get(first.key(), 0);
        pass(Duration.ofSeconds(10));
        partlyProven.get(first.key(), 0);
        assertThat(reads).hasValue(1);
        isProven.set(false);
        partlyProven.get(first.key(), 0);
        assertThat(reads).hasValue(2);
    }

    /** Otherwise a query after the snapshot could be answered with an older state. */
    @Test
    void whatIsNewPassesTheStagesBeforeAnybodyIsTold() {
        store.write(new Write<>(Sessions.TABLE, first));
        floors.raise(first.key().ref(), first.version());
        announced.clear();
        current.get(first.key(), 0);
        assertThat(announced).as("it was known").isEmpty();

        store.writeUnannounced(List.of(new Write<>(Sessions.TABLE, second)));
        current.get(first.key(), second.sequence());
        assertThat(announced).singleElement().satisfies(event -> {
            assertThat(event.changes()).extracting(Change::value).containsExactly(second);
            assertThat(event.origin()).isEqualTo(Origin.REMOTE);
        });
    }

    @Test
    void aDelayedMessageMakesAStateNoFresher() {
        known();
        isProven.set(false);
        pass(Duration.ofMillis(900));
        current.pass(changed(first, Origin.REMOTE));
        pass(Duration.ofMillis(200));

        current.get(first.key(), 0);
        assertThat(reads).hasValue(2);
    }

    @Test
    void callersOfOneTimeShareARead() {
        store.write(new Write<>(Sessions.TABLE, first));
        CountDownLatch answer = hold();
        List<CompletableFuture<TrackingSession>> callers = callers(100);
        await().until(() -> reads.get() == 1);
        answer.countDown();

        assertThat(callers).allSatisfy(caller -> assertThat(caller.join()).isEqualTo(first));
        assertThat(reads).hasValue(1);
    }

    /** A caller may know of a change that its instance has not heard of. */
    @Test
    void whoCameDuringAReadThatIsTooOldSharesTheNextOne() {
        store.write(new Write<>(Sessions.TABLE, first));
        CountDownLatch answer = hold();
        List<CompletableFuture<TrackingSession>> before = callers(1);
        await().until(() -> reads.get() == 1);
        store.write(new Write<>(Sessions.TABLE, second));
        floors.claim(first.key().ref(), second.version());
        List<CompletableFuture<TrackingSession>> after = callers(50);
        await().until(() -> after.stream().noneMatch(CompletableFuture::isDone) && waiting.get() == 51);
        answer.countDown();

        assertThat(before.getFirst().join()).isEqualTo(first);
        assertThat(after).allSatisfy(caller -> assertThat(caller.join()).isEqualTo(second));
        assertThat(reads.get()).isBetween(2, 3);
    }

    @Test
    void aFailedReadFailsAllWhoShareItAndNobodyAfterwards() {
        CountDownLatch answer = hold();
        List<CompletableFuture<TrackingSession>> callers = callers(3);
        await().until(() -> reads.get() == 1);
        answer.countDown();
        assertThat(callers)
                .allSatisfy(caller -> assertThatThrownBy(caller::join).hasCauseInstanceOf(NotFound.class));

        store.write(new Write<>(Sessions.TABLE, first));
        assertThat(current.get(first.key(), 0)).isEqualTo(first);
    }

    private void known() {
        store.write(new Write<>(Sessions.TABLE, first));
        current.get(first.key(), 0);
        assertThat(reads).hasValue(1);
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    /** Holds the next reads until it is counted down. */
    private CountDownLatch hold() {
        CountDownLatch answer = new CountDownLatch(1);
        beforeAnswer = () -> {
            try {
                assertThat(answer.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        return answer;
    }

    private List<CompletableFuture<TrackingSession>> callers(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> CompletableFuture.supplyAsync(
                        () -> {
                            waiting.incrementAndGet();
                            return current.get(first.key(), 0);
                        },
                        Thread::startVirtualThread))
                .toList();
    }

    private static ChangeEvent changed(TrackingSession session, Origin origin) {
        return new ChangeEvent.Applied(List.of(new Change(session, null)), origin);
    }
}
