package dev.towline.dynamo;

import dev.towline.problem.Unavailable;
import dev.towline.store.Revision;
import dev.towline.store.Write;
import dev.towline.store.WriteConflict;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Applies conditional writes and finds out what became of them. A failed condition alone proves nothing: the attempt before it may
 * have been applied and its answer lost. What the stored revision says, counts.
 */
record Writes(DynamoDbClient dynamo, WriteRequests requests, StraightReads reads, Backoff backoff, Calls calls) {

    /** How often a write is sent while other transactions are in its way, which DynamoDB reports at once. */
    private static final int CONTENTION_ATTEMPTS = 10;

    private static final String CONDITION_FAILED = "ConditionalCheckFailed";

    /** A write whose condition failed, and the item that it met, null if the answer did not bring it along. */
    private record Refusal(Write<?> write, @Nullable Map<String, AttributeValue> item) {}

    /**
     * Applies all or none. Blocking.
     *
     * @throws WriteConflict if an entity is not in the expected state
     * @throws Unavailable if DynamoDB does not answer, or the outcome stays in doubt
     */
    void apply(List<Write<?>> writes) {
        boolean sentOnce = true;
        for (int attempt = 0; ; attempt++) {
            try {
                send(writes);
                return;
            } catch (SdkException e) {
                sentOnce &= isOnlyAttempt(e);
                if (Failures.isRejection(e)) {
                    throw Failures.translated(e);
                }
                List<Refusal> refusals = refusals(writes, e);
                if (!refusals.isEmpty()) {
                    settle(refusals, true, sentOnce, e);
                    return;
                }
                if (!isContention(e) || attempt + 1 >= CONTENTION_ATTEMPTS) {
                    settle(List.of(new Refusal(witness(writes), null)), false, sentOnce, e);
                    return;
                }
                backoff.pause(attempt);
            }
        }
    }

    private void send(List<Write<?>> writes) {
        String table = TableNames.tag(writes);
        if (writes.size() == 1) {
            PutItemRequest put = requests.put(writes.getFirst());
            calls.call("PutItem", table, () -> dynamo.putItem(put));
        } else {
            TransactWriteItemsRequest transaction = requests.transaction(writes);
            calls.call("TransactWriteItems", table, () -> dynamo.transactWriteItems(transaction));
        }
    }

    private static List<Refusal> refusals(List<Write<?>> writes, SdkException e) {
        return switch (e) {
            case ConditionalCheckFailedException failed ->
                List.of(new Refusal(writes.getFirst(), failed.hasItem() ? failed.item() : null));
            case TransactionCanceledException canceled -> {
                List<CancellationReason> reasons = canceled.cancellationReasons();
                yield IntStream.range(0, Math.min(reasons.size(), writes.size()))
                        .filter(i -> CONDITION_FAILED.equals(reasons.get(i).code()))
                        .mapToObj(i -> new Refusal(
                                writes.get(i),
                                reasons.get(i).hasItem() ? reasons.get(i).item() : null))
                        .toList();
            }
            default -> List.of();
        };
    }

    /** Returns if the writes were applied. One of them that has a clear answer is enough: they were applied together. */
    private void settle(List<Refusal> doubts, boolean refused, boolean sentOnce, SdkException cause) {
        for (Refusal doubt : doubts) {
            Revision stored =
                    Items.revisionOrNull(doubt.item() == null ? readBack(doubt.write(), cause) : doubt.item());
            Revision written = doubt.write().value().revision();
            switch (Settlement.of(written, stored, refused, sentOnce)) {
                case APPLIED -> {
                    return;
                }
                case REFUSED ->
                    throw new WriteConflict(doubts.stream()
                            .map(each -> each.write().value().key())
                            .toList());
                case OPEN -> {}
            }
        }
        throw inDoubt(cause);
    }

    private @Nullable Map<String, AttributeValue> readBack(Write<?> write, SdkException cause) {
        try {
            return reads.item(
                    write.table(), ItemKey.of(write.table(), write.value().key()));
        } catch (Unavailable e) {
            Unavailable failure = inDoubt(cause);
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** The write to look at when nothing is known of any: an update shows more than a creation, which may still be to come. */
    private static Write<?> witness(List<Write<?>> writes) {
        return Stream.concat(writes.stream().filter(write -> write.value().version() > 1), writes.stream())
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOnlyAttempt(SdkException e) {
        Integer attempts = e.numAttempts();
        return attempts != null && attempts == 1 && !(e instanceof TransactionInProgressException);
    }

    /** Whether DynamoDB has said that the write was not applied, and that it may be if it is sent again. */
    private static boolean isContention(SdkException e) {
        return e instanceof TransactionCanceledException
                || e instanceof TransactionConflictException
                || e instanceof TransactionInProgressException;
    }

    private static Unavailable inDoubt(SdkException cause) {
        return new Unavailable(
                "The database did not confirm in time that the change was saved. Read the data before you try again.",
                cause);
    }
}
