package dev.towline.dynamo;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One way in which a request to DynamoDB can go wrong. */
@FunctionalInterface
public interface Fault {

    /** Longer than any time limit of a client in a test. */
    Duration TOO_LONG = Duration.ofSeconds(20);

    /** Answers a request, perhaps after forwarding it; null: the connection is closed without an answer. May block. */
    @Nullable
    DynamoAnswer answer(DynamoRequest request, Upstream upstream) throws IOException, InterruptedException;

    /** Everything is fine. */
    static Fault none() {
        return (request, upstream) -> upstream.forward(request);
    }

    /** The connection breaks before DynamoDB gets the request. */
    static Fault requestLost() {
        return (_, _) -> null;
    }

    /** DynamoDB carries the request out, but the connection breaks before the answer. */
    static Fault answerLost() {
        return (request, upstream) -> {
            upstream.forward(request);
            return null;
        };
    }

    /** DynamoDB carries the request out, but its answer never comes. */
    static Fault answerNeverComes() {
        return (request, upstream) -> {
            upstream.forward(request);
            Thread.sleep(TOO_LONG);
            return null;
        };
    }

    /** The request gets stuck and is never carried out. */
    static Fault requestStuck() {
        return (_, _) -> {
            Thread.sleep(TOO_LONG);
            return null;
        };
    }

    /** The connection breaks; only when the gate opens, DynamoDB carries the request out. */
    static Fault carriedOutLater(CountDownLatch gate) {
        return (request, upstream) -> {
            Thread.ofVirtual().start(() -> {
                try {
                    gate.await();
                    upstream.forward(request);
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            return null;
        };
    }

    /** Queries and scans bring so many rows a page at most, as they do when a page is full. */
    static Fault pagesOf(int rows) {
        return (request, upstream) -> {
            ObjectNode smaller = request.body().deepCopy().asObject();
            smaller.put("Limit", Math.min(rows, request.body().path("Limit").asInt(rows)));
            return upstream.forward(request.with(smaller));
        };
    }

    /** The transaction is taken for another one, as if its token had been forgotten. */
    static Fault tokenForgotten() {
        return (request, upstream) -> {
            ObjectNode other = request.body().deepCopy().asObject();
            other.put("ClientRequestToken", UUID.randomUUID().toString());
            return upstream.forward(request.with(other));
        };
    }

    /** Every so many requests one meets the fault; the others are fine. */
    static Fault sometimes(int oneOf, Fault fault) {
        AtomicInteger requests = new AtomicInteger();
        return (request, upstream) ->
                (requests.incrementAndGet() % oneOf == 0 ? fault : none()).answer(request, upstream);
    }

    /** Takes longer than usual. */
    static Fault slow(Duration delay) {
        return (request, upstream) -> {
            Thread.sleep(delay);
            return upstream.forward(request);
        };
    }

    /** Refused: too many requests of this account. */
    static Fault throttled() {
        return error(400, "ThrottlingException");
    }

    /** Refused: too many requests for this table. */
    static Fault throughputExceeded() {
        return error(400, "ProvisionedThroughputExceededException");
    }

    /** Refused: this transaction is still being carried out. */
    static Fault transactionInProgress() {
        return error(400, "TransactionInProgressException");
    }

    /** Refused: a transaction is at work on the item of this single write. */
    static Fault transactionConflict() {
        return error(400, "TransactionConflictException");
    }

    /** Fails inside, having done nothing. */
    static Fault serverError() {
        return error(500, "InternalServerError");
    }

    /** Fails inside, after having carried the request out. */
    static Fault serverErrorAfterwards() {
        return (request, upstream) -> {
            upstream.forward(request);
            return DynamoAnswer.error(500, "InternalServerError", Map.of());
        };
    }

    /** Refused with any error. */
    static Fault error(int status, String type) {
        return (_, _) -> DynamoAnswer.error(status, type, Map.of());
    }

    /** A transaction is cancelled, with a code for each of its writes: {@code None}, {@code TransactionConflict}, … */
    static Fault transactionCanceled(String... codes) {
        List<Map<String, String>> reasons =
                Arrays.stream(codes).map(code -> Map.of("Code", code)).toList();
        return (_, _) ->
                DynamoAnswer.error(400, "TransactionCanceledException", Map.of("CancellationReasons", reasons));
    }

    /** A batch read brings so many keys of each table at most and leaves the others unprocessed. */
    static Fault unprocessedBeyond(int keys) {
        return (request, upstream) -> {
            ObjectNode processed = request.body().deepCopy().asObject();
            ObjectNode unprocessed = DynamoRequest.JSON.createObjectNode();
            for (Map.Entry<String, JsonNode> table :
                    List.copyOf(processed.get("RequestItems").properties())) {
                ArrayNode asked = table.getValue().get("Keys").asArray();
                ObjectNode rest = table.getValue().deepCopy().asObject();
                ArrayNode left = rest.putArray("Keys");
                while (asked.size() > keys) {
                    left.add(asked.remove(asked.size() - 1));
                }
                if (!left.isEmpty()) {
                    unprocessed.set(table.getKey(), rest);
                }
                if (asked.isEmpty()) {
                    processed.get("RequestItems").asObject().remove(table.getKey());
                }
            }
            ObjectNode answer = processed.get("RequestItems").isEmpty()
                    ? DynamoRequest.JSON.createObjectNode()
                    : upstream.forward(request.with(processed)).json().asObject();
            answer.set("UnprocessedKeys", unprocessed);
            return DynamoAnswer.of(200, answer);
        };
    }
}
