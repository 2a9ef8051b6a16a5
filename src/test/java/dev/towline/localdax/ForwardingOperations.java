package dev.towline.localdax;

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

/** Hands every operation on to the next, so that one that adds something need only name what it adds it to. */
interface ForwardingOperations extends Operations {

    Operations next();

    @Override
    default TableKey keyOf(String table) {
        return next().keyOf(table);
    }

    @Override
    default GetItemResponse getItem(GetItemRequest request) {
        return next().getItem(request);
    }

    @Override
    default BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        return next().batchGetItem(request);
    }

    @Override
    default PutItemResponse putItem(PutItemRequest request) {
        return next().putItem(request);
    }

    @Override
    default UpdateItemResponse updateItem(UpdateItemRequest request) {
        return next().updateItem(request);
    }

    @Override
    default DeleteItemResponse deleteItem(DeleteItemRequest request) {
        return next().deleteItem(request);
    }

    @Override
    default BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
        return next().batchWriteItem(request);
    }

    @Override
    default QueryResponse query(QueryRequest request) {
        return next().query(request);
    }

    @Override
    default ScanResponse scan(ScanRequest request) {
        return next().scan(request);
    }

    @Override
    default TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
        return next().transactGetItems(request);
    }

    @Override
    default TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        return next().transactWriteItems(request);
    }
}
