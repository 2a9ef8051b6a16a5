package dev.towline.localdax;

import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** What clients ask of one node: counts it and applies the faults that are set. Thread-safe. */
record WatchedOperations(Operations next, Faults faults, Counting counting) implements Operations {

    @Override
    public TableKey keyOf(String table) {
        return next.keyOf(table);
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        return watch(Operation.GET_ITEM, () -> next.getItem(request));
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        return watch(Operation.BATCH_GET_ITEM, () -> next.batchGetItem(request));
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        return watch(Operation.PUT_ITEM, () -> next.putItem(request));
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        return watch(Operation.UPDATE_ITEM, () -> next.updateItem(request));
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
        return watch(Operation.DELETE_ITEM, () -> next.deleteItem(request));
    }

    @Override
    public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
        return watch(Operation.BATCH_WRITE_ITEM, () -> next.batchWriteItem(request));
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        return watch(Operation.QUERY, () -> next.query(request));
    }

    @Override
    public ScanResponse scan(ScanRequest request) {
        return watch(Operation.SCAN, () -> next.scan(request));
    }

    @Override
    public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
        return watch(Operation.TRANSACT_GET_ITEMS, () -> next.transactGetItems(request));
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        return watch(Operation.TRANSACT_WRITE_ITEMS, () -> next.transactWriteItems(request));
    }

    private <T> T watch(Operation operation, Supplier<T> answer) {
        counting.addRequest(operation);
        try {
            return faults.apply(operation, answer);
        } catch (RuntimeException e) {
            counting.addFailure(e);
            throw e;
        }
    }
}
