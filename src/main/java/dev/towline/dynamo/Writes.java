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
 * Applies each conditional write at most once, and determines whether it was applied. Each write has a unique id, which is stored with the entity ({@link
 * dev.towline.store.Revision}).
 *
 * <p>The answer of an attempt can be lost, and the SDK retries. So a failed condition does not prove that a write was lost: an earlier
 * attempt of it may have been applied. If the condition failed or the answer is missing, the stored revision decides ({@link
 * Settlement}): the failed condition returns the stored item, otherwise it is read with strong consistency. If the stored write ids include
 * the id of this write, it was applied. If the stored state excludes the write, it is a {@link WriteConflict}. Otherwise the outcome stays
 * unknown, and the caller gets {@link Unavailable}. Transactions also have an idempotency token of DynamoDB. See decision 0003 and
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html.
 */
record Writes(DynamoDbClient dynamo, WriteRequests requests, StraightReads reads, Backoff backoff, Calls calls) {

    /** The maximum number of attempts if DynamoDB cancels a write, or still runs an earlier attempt of it. */
    private static final int CONTENTION_ATTEMPTS = 10;

    private static final String CONDITION_FAILED = "ConditionalCheckFailed";

    /**
     * A write whose outcome is not known yet.
     *
     * @param item the stored item, null if it must be read
     */
    private record Doubt(Write<?> write, @Nullable Map<String, AttributeValue> item) {}

    /**
     * Applies all writes or none. Blocking.
     *
     * @throws WriteConflict if an entity does not have the expected version
     * @throws Unavailable if the outcome stays unknown
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
                List<Doubt> doubts = doubts(writes, e);
                if (!doubts.isEmpty()) {
                    settle(doubts, true, sentOnce, e);
                    return;
                }
                if (!isContention(e) || attempt + 1 >= CONTENTION_ATTEMPTS) {
                    settle(List.of(new Doubt(witness(writes), null)), false, sentOnce, e);
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

    private static List<Doubt> doubts(List<Write<?>> writes, SdkException e) {
        return switch (e) {
            case ConditionalCheckFailedException failed ->
                List.of(new Doubt(writes.getFirst(), failed.hasItem() ? failed.item() : null));
            case TransactionCanceledException canceled -> {
                List<CancellationReason> reasons = canceled.cancellationReasons();
                yield IntStream.range(0, Math.min(reasons.size(), writes.size()))
                        .filter(i -> CONDITION_FAILED.equals(reasons.get(i).code()))
                        .mapToObj(i -> new Doubt(
                                writes.get(i),
                                reasons.get(i).hasItem() ? reasons.get(i).item() : null))
                        .toList();
            }
            default -> List.of();
        };
    }

    /** Returns if the writes were applied. One write with a known outcome is sufficient, because they are one transaction. */
    private void settle(List<Doubt> doubts, boolean refused, boolean sentOnce, SdkException cause) {
        for (Doubt doubt : doubts) {
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
        throw unknownOutcome(cause);
    }

    private @Nullable Map<String, AttributeValue> readBack(Write<?> write, SdkException cause) {
        try {
            return reads.item(
                    write.table(), ItemKey.of(write.table(), write.value().key()));
        } catch (Unavailable e) {
            Unavailable failure = unknownOutcome(cause);
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** The write whose entity is read if no answer arrived. An update is preferred, because an absent new entity may still be created. */
    private static Write<?> witness(List<Write<?>> writes) {
        return Stream.concat(writes.stream().filter(write -> write.value().version() > 1), writes.stream())
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOnlyAttempt(SdkException e) {
        Integer attempts = e.numAttempts();
        return attempts != null && attempts == 1 && !(e instanceof TransactionInProgressException);
    }

    /** Whether the write may be sent again: DynamoDB cancelled it, or still runs an earlier attempt of it. */
    private static boolean isContention(SdkException e) {
        return e instanceof TransactionCanceledException
                || e instanceof TransactionConflictException
                || e instanceof TransactionInProgressException;
    }

    private static Unavailable unknownOutcome(SdkException cause) {
        return new Unavailable(
                "The database did not confirm in time that the change was saved. Read the data before you try again.",
                cause);
    }
}
