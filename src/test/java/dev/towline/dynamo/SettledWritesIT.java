package dev.towline.dynamo;

import static dev.towline.store.Notes.NOTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.towline.problem.Unavailable;
import dev.towline.store.Change;
import dev.towline.store.Notes.Note;
import dev.towline.store.Notes.NoteKey;
import dev.towline.store.Store;
import dev.towline.store.WriteConflict;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Writes whose response is lost. The store finds out whether DynamoDB applied the write. Then it returns, throws {@link WriteConflict}, or
 * throws {@link Unavailable}.
 */
class SettledWritesIT {

    private static final int MAX_ATTEMPTS = 3;

    private final StoreFixture fixture = open();

    /** Of the way to DynamoDB. */
    StoreFixture open() {
        return StoreFixture.start();
    }

    private final FaultyDynamo faulty = fixture.faulty;
    private final Store store = fixture.store;
    private final Note stored = Note.first("n1", "top", "stored");
    private final Note next = stored.with("next");
    private final Note beside = Note.first("n2", "top", "beside");

    static Stream<Named<Fault>> appliedButNotAnswered() {
        return Stream.of(
                Named.of("answer lost", Fault.answerLost()),
                Named.of("answer never comes", Fault.answerNeverComes()),
                Named.of("server error", Fault.serverErrorAfterwards()));
    }

    @BeforeEach
    void put() {
        store.write(stored.write());
        fixture.heard.clear();
        faulty.forgetRequests();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @MethodSource("appliedButNotAnswered")
    void settlesAPutWhoseFirstAnswerWasLost(Fault fault) {
        faulty.next("PutItem", fault);
        store.write(next.write());

        assertThat(faulty.requests("PutItem")).hasSize(2);
        // the response to the second attempt contains the stored item, because its condition failed
        assertThat(faulty.requests("GetItem")).isEmpty();
        fixture.assertAppliedOnce(next);
    }

    @ParameterizedTest
    @MethodSource("appliedButNotAnswered")
    void settlesAPutThatWasNeverAnswered(Fault fault) {
        faulty.always("PutItem", fault);
        store.write(next.write());

        fixture.assertAppliedOnce(next);
        assertThat(faulty.requests("PutItem")).hasSize(MAX_ATTEMPTS);
    }

    @Test
    void settlesACreationThatWasNeverAnswered() {
        faulty.always("PutItem", Fault.answerLost());
        store.write(beside.write());

        fixture.assertAppliedOnce(beside);
    }

    @Test
    void settlesAPutThatALaterWriteHasReplaced() {
        Note after = next.with("after");
        faulty.next("PutItem", (request, upstream) -> {
            upstream.forward(request);
            store.write(after.write());
            return null;
        });
        store.write(next.write());

        assertThat(store.getConsistently(NOTES, stored.key())).isEqualTo(after);
        assertThat(fixture.heard).extracting(Change::value).containsExactly(after, next);
    }

    @Test
    void reportsAConflictWithAWriteBetweenTwoAttempts() {
        Note other = stored.with("other");
        faulty.next("PutItem", (_, _) -> {
            store.write(other.write());
            return null;
        });

        assertThatThrownBy(() -> store.write(next.write()))
                .isInstanceOfSatisfying(
                        WriteConflict.class,
                        conflict -> assertThat(conflict.keys()).containsExactly(stored.key()));
        assertThat(store.getConsistently(NOTES, stored.key())).isEqualTo(other);
        assertThat(fixture.heard).extracting(Change::value).containsExactly(other);
    }

    @Test
    void isUnavailableWhileAPutMayStillBeOnItsWay() {
        CountDownLatch gate = new CountDownLatch(1);
        faulty.always("PutItem", Fault.carriedOutLater(gate));

        assertThatThrownBy(() -> store.write(next.write()))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("Read the data before you try again");
        assertThat(fixture.heard).isEmpty();

        faulty.calm();
        gate.countDown();
        await().atMost(Duration.ofSeconds(5)).until(() -> next.equals(store.getConsistently(NOTES, stored.key())));
    }

    @Test
    void isUnavailableWhenTheReadAlsoFails() {
        faulty.cutOff();

        assertThatThrownBy(() -> store.write(next.write())).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> store.write(next.write(), beside.write())).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> store.getConsistently(NOTES, stored.key())).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> store.getAll(NOTES, List.of(stored.key()))).isInstanceOf(Unavailable.class);
        assertThat(fixture.heard).isEmpty();
        assertThat(fixture.calls("operation", "PutItem", "outcome", "error")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("appliedButNotAnswered")
    void settlesATransactionWhoseFirstAnswerWasLost(Fault fault) {
        faulty.next("TransactWriteItems", fault);
        store.write(next.write(), beside.write());

        fixture.assertAppliedOnce(next, beside);
    }

    @Test
    void settlesATransactionThatWasNeverAnswered() {
        faulty.always("TransactWriteItems", Fault.answerLost());
        store.write(beside.write(), next.write());

        fixture.assertAppliedOnce(beside, next);
        assertThat(faulty.requests("TransactWriteItems")).hasSize(MAX_ATTEMPTS);
    }

    @Test
    void settlesATransactionThatConflictsWithItsOwnEarlierAttempt() {
        faulty.next("TransactWriteItems", Fault.answerLost(), Fault.tokenForgotten());
        store.write(next.write(), beside.write());

        assertThat(faulty.requests("TransactWriteItems")).hasSize(2);
        assertThat(faulty.requests("GetItem")).isEmpty();
        fixture.assertAppliedOnce(next, beside);
    }

    @Test
    void isUnavailableWhileATransactionMayStillBeOnItsWay() {
        faulty.always("TransactWriteItems", Fault.requestLost());

        assertThatThrownBy(() -> store.write(next.write(), beside.write())).isInstanceOf(Unavailable.class);
        assertThat(fixture.heard).isEmpty();
    }

    /** Four threads increment one counter while every fourth response is lost. Each increment is applied once, and passes the stages once. */
    @Test
    void appliesEachWriteOnceUnderContentionAndLoss() {
        Note zero = Note.first("counter", "top", "0");
        store.write(zero.write());
        fixture.heard.clear();
        AtomicInteger requests = new AtomicInteger();
        faulty.always(
                "PutItem",
                (request, upstream) -> (requests.incrementAndGet() % 4 == 0 ? Fault.answerLost() : Fault.none())
                        .answer(request, upstream));

        int confirmed = Parallel.all(
                        ObservationRegistry.NOOP,
                        IntStream.range(0, 4)
                                .<Supplier<Integer>>mapToObj(_ -> () -> count(zero.key(), 15))
                                .toList())
                .stream()
                .mapToInt(Integer::intValue)
                .sum();

        // On a busy machine so many other writes may come before an attempt is repeated that nobody can tell whether
        // the
        // lost one was applied. Then the caller is told so.
        assertThat(confirmed).isBetween(50, 60);
        Note last = Objects.requireNonNull(store.getConsistently(NOTES, zero.key()));
        assertThat(last.version()).isBetween(confirmed + 1, 61);
        assertThat(last.text()).isEqualTo(String.valueOf(last.version() - 1));
        assertThat(fixture.heard)
                .extracting(change -> change.value().version())
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(confirmed)
                .allMatch(version -> version >= 2 && version <= last.version());
    }

    /** Counts so many times, and returns how many of them were confirmed. */
    private int count(NoteKey key, int times) {
        int confirmed = 0;
        for (int counted = 0; counted < times; ) {
            try {
                store.retryingConflicts(() -> countOne(key));
                counted++;
                confirmed++;
            } catch (Unavailable e) {
                // If all retries met a conflict, nothing was written, so the loop tries again.
                if (!(e.getCause() instanceof WriteConflict)) {
                    counted++;
                }
            }
        }
        return confirmed;
    }

    private Note countOne(NoteKey key) {
        Note note = Objects.requireNonNull(store.getConsistently(NOTES, key));
        Note counted = note.with(String.valueOf(Integer.parseInt(note.text()) + 1));
        store.write(counted.write());
        return counted;
    }
}
