package dev.towline.dynamo;

import static dev.towline.store.Notes.NOTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.towline.problem.Unavailable;
import dev.towline.store.Notes.Note;
import dev.towline.store.Store;
import dev.towline.store.Write;
import dev.towline.store.WriteConflict;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guarantees of the store while DynamoDB is throttled, slow or contended. */
class StoreFaultsIT {

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

    @Test
    void sendsATransactionUnderTheSameTokenEachTime() {
        faulty.next(
                "TransactWriteItems", Fault.serverError(), Fault.transactionCanceled("TransactionConflict", "None"));
        store.write(next.write(), beside.write());

        assertThat(faulty.requests("TransactWriteItems"))
                .hasSize(3)
                .extracting(request -> request.body().path("ClientRequestToken").asString())
                .containsOnly(WriteRequests.token(List.of(next.write(), beside.write())));
    }

    @Test
    void waitsForItsOwnTransactionThatIsStillUnderWay() {
        // more often than the client itself would try
        Fault fault = Fault.transactionInProgress();
        faulty.next("TransactWriteItems", fault, fault, fault, fault, fault);
        store.write(next.write(), beside.write());

        fixture.assertAppliedOnce(next, beside);
    }

    static Stream<String> reasonsToTryAgain() {
        return Stream.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");
    }

    @ParameterizedTest
    @MethodSource("reasonsToTryAgain")
    void sendsATransactionAgainThatMetAnother(String reason) {
        Fault fault = Fault.transactionCanceled("None", reason);
        faulty.next("TransactWriteItems", fault, fault, fault, fault, fault);
        store.write(next.write(), beside.write());

        fixture.assertAppliedOnce(next, beside);
        assertThat(faulty.requests("TransactWriteItems")).hasSize(6);
    }

    @Test
    void sendsAPutAgainThatMetATransaction() {
        faulty.next(
                "PutItem",
                IntStream.range(0, 5).mapToObj(_ -> Fault.transactionConflict()).toArray(Fault[]::new));
        store.write(next.write());

        fixture.assertAppliedOnce(next);
    }

    @Test
    void doesNotTakeEndlessContentionForAConflict() {
        faulty.always("TransactWriteItems", Fault.transactionCanceled("TransactionConflict", "None"));

        assertThatThrownBy(() -> store.write(next.write(), beside.write())).isInstanceOf(Unavailable.class);
        assertThat(faulty.requests("TransactWriteItems")).hasSize(10);
    }

    @Test
    void reportsAFailedConditionAlsoBesideContention() {
        faulty.next("TransactWriteItems", Fault.transactionCanceled("TransactionConflict", "ConditionalCheckFailed"));

        assertThatThrownBy(() -> store.write(next.write(), beside.write()))
                .isInstanceOfSatisfying(
                        WriteConflict.class,
                        conflict -> assertThat(conflict.keys()).containsExactly(beside.key()));
        assertThat(faulty.requests("TransactWriteItems")).hasSize(1);
    }

    @Test
    void retriesWhatIsThrottled() {
        faulty.next("PutItem", Fault.throttled(), Fault.throughputExceeded());
        store.write(next.write());
        faulty.next("BatchGetItem", Fault.throughputExceeded());

        fixture.assertAppliedOnce(next);
        assertThat(store.getAll(NOTES, List.of(next.key()))).hasSize(1);
    }

    @Test
    void saysSoWhenItIsThrottledForLong() {
        faulty.always("BatchGetItem", Fault.throttled());

        assertThatThrownBy(() -> store.getAll(NOTES, List.of(next.key()))).isInstanceOf(Unavailable.class);
        assertThat(fixture.calls("operation", "BatchGetItem", "outcome", "throttled"))
                .isEqualTo(1);
    }

    @Test
    void asksAgainForKeysLeftUnprocessedOnly() {
        List<Note> notes = IntStream.range(0, 50)
                .mapToObj(i -> Note.first("batch" + i, "top", "note"))
                .toList();
        store.write(notes.stream().<Write<?>>map(Note::write).toList());
        faulty.next("BatchGetItem", Fault.unprocessedBeyond(20), Fault.unprocessedBeyond(0));

        assertThat(store.getAll(NOTES, notes.stream().map(Note::key).toList()).values())
                .containsExactlyElementsOf(notes);
        assertThat(faulty.requests("BatchGetItem"))
                .extracting(request -> request.body().findPath("Keys").size())
                .containsExactly(50, 30, 30);
    }

    @Test
    void isUnavailableWhenKeysStayUnprocessed() {
        faulty.always("BatchGetItem", Fault.unprocessedBeyond(0));

        assertThatThrownBy(() -> store.getAll(NOTES, List.of(stored.key()))).isInstanceOf(Unavailable.class);
        assertThat(faulty.requests("BatchGetItem")).hasSizeBetween(MAX_ATTEMPTS, MAX_ATTEMPTS + mostRequestsOfDax());
    }

    /** For one read. */
    int mostRequestsOfDax() {
        return 0;
    }

    @Test
    void endsAnAttemptThatIsStuckAndTriesAnother() {
        faulty.next("GetItem", Fault.requestStuck());
        long start = System.nanoTime();

        assertThat(store.getConsistently(NOTES, stored.key())).isEqualTo(stored);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void probesBrieflyHoweverPatientCallsAre() {
        try (var patient = StoreFixture.start("attempt-timeout", "5s")) {
            assertThatCode(patient.store::probe).doesNotThrowAnyException();
            patient.faulty.always("GetItem", Fault.requestStuck());
            long start = System.nanoTime();

            assertThatThrownBy(patient.store::probe).isInstanceOf(Unavailable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(patient.calls("operation", "GetItem", "outcome", "timeout"))
                    .isEqualTo(1);
        }
    }
}
