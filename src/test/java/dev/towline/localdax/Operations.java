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

/**
 * The operations that one node answers, in the terms of DynamoDB. Errors are those of the DynamoDB client. Blocking, thread-safe.
 *
 * <p>Reads return whole items, and whoever calls applies projections, because DAX caches whole items and its answers carry projected values by
 * their place in the projection. So requests for single items come without a projection. A query or a scan has one that names no element
 * of a list, and goes to DynamoDB as it is: what an index does not hold is DynamoDB's to tell.
 */
interface Operations {

    /**
     * The key of a table.
     *
     * @throws software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException if there is no such table
     */
    TableKey keyOf(String table);

    GetItemResponse getItem(GetItemRequest request);

    BatchGetItemResponse batchGetItem(BatchGetItemRequest request);

    PutItemResponse putItem(PutItemRequest request);

    UpdateItemResponse updateItem(UpdateItemRequest request);

    DeleteItemResponse deleteItem(DeleteItemRequest request);

    BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request);

    QueryResponse query(QueryRequest request);

    ScanResponse scan(ScanRequest request);

    TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request);

    TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request);
}
