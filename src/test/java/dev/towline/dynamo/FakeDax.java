package dev.towline.dynamo;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** A client of DAX that answers as it is told, at first that there are no items. */
final class FakeDax implements DynamoDbAsyncClient {

    static final Supplier<CompletableFuture<BatchGetItemResponse>> NOTHING_FOUND =
            () -> CompletableFuture.completedFuture(
                    BatchGetItemResponse.builder().responses(Map.of()).build());

    final AtomicInteger requests = new AtomicInteger();
    volatile Supplier<CompletableFuture<BatchGetItemResponse>> answer = NOTHING_FOUND;
    volatile boolean isClosed;

    @Override
    public CompletableFuture<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
        requests.incrementAndGet();
        return answer.get();
    }

    @Override
    public CompletableFuture<ScanResponse> scan(ScanRequest request) {
        return CompletableFuture.completedFuture(ScanResponse.builder().build());
    }

    @Override
    public String serviceName() {
        return "dax";
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
