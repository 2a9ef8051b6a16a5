package dev.towline.localdax;

/** An operation on data that DAX has. */
public enum Operation {
    GET_ITEM("GetItem"),
    BATCH_GET_ITEM("BatchGetItem"),
    PUT_ITEM("PutItem"),
    UPDATE_ITEM("UpdateItem"),
    DELETE_ITEM("DeleteItem"),
    BATCH_WRITE_ITEM("BatchWriteItem"),
    QUERY("Query"),
    SCAN("Scan"),
    TRANSACT_GET_ITEMS("TransactGetItems"),
    TRANSACT_WRITE_ITEMS("TransactWriteItems");

    private final String apiName;

    Operation(String apiName) {
        this.apiName = apiName;
    }

    /** The name that DynamoDB gives it, such as {@code GetItem}. */
    public String apiName() {
        return apiName;
    }
}
