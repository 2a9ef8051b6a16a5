package dev.towline.localdax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** TransactGetItems and TransactWriteItems, whose actions come as a column for each of their parts. Blocking, thread-safe. */
final class TransactionCalls {

    private static final int PUT = 2;
    private static final int DELETE = 7;
    private static final int UPDATE = 9;
    private static final int CHECK = 12;

    private final Operations operations;
    private final Cbor cbor;
    private final Keys keys;
    private final Items items;

    TransactionCalls(Operations operations, Cbor cbor, Items items) {
        this.operations = operations;
        this.cbor = cbor;
        this.keys = new Keys(cbor);
        this.items = items;
    }

    /** One action: its row of the columns. */
    private record Action(
            int kind,
            String table,
            TableKey tableKey,
            Map<String, AttributeValue> key,
            @Nullable Object withoutKey,
            @Nullable Object onFailure,
            @Nullable Object condition,
            @Nullable Object update) {}

    void get(List<@Nullable Object> arguments, CborOutput out) {
        List<@Nullable Object> tables = Arguments.list(arguments.get(0));
        List<TableKey> tableKeys = new ArrayList<>();
        List<@Nullable Projection> projections = new ArrayList<>();
        List<TransactGetItem> gets = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            String table = Arguments.name(tables.get(i));
            TableKey tableKey = operations.keyOf(table);
            tableKeys.add(tableKey);
            projections.add(Projection.read(cbor, row(arguments.get(2), i)));
            Map<String, AttributeValue> key = keys.read(tableKey, row(arguments.get(1), i));
            gets.add(TransactGetItem.builder()
                    .get(get -> get.tableName(table).key(key))
                    .build());
        }
        TransactGetItemsResponse response = operations.transactGetItems(TransactGetItemsRequest.builder()
                .transactItems(gets)
                .returnConsumedCapacity(Options.read(arguments.get(3)).capacity())
                .build());
        out.array(2).array(response.responses().size());
        for (int i = 0; i < response.responses().size(); i++) {
            write(
                    out,
                    tableKeys.get(i),
                    projections.get(i),
                    response.responses().get(i));
        }
        out.end();
        Consumption.writeAllExtended(out, response.consumedCapacity());
        out.end();
    }

    void write(List<@Nullable Object> arguments, CborOutput out) {
        List<Action> actions = actions(arguments);
        Options options = Options.read(arguments.get(8));
        TransactWriteItemsResponse response;
        try {
            response = operations.transactWriteItems(TransactWriteItemsRequest.builder()
                    .transactItems(actions.stream().map(this::request).toList())
                    .clientRequestToken(options.token())
                    .returnConsumedCapacity(options.capacity())
                    .returnItemCollectionMetrics(options.metrics())
                    .build());
        } catch (TransactionCanceledException e) {
            throw withoutKeys(e, actions);
        }
        out.array(3).array(0).end();
        Consumption.writeAllExtended(out, response.consumedCapacity());
        Consumption.writeAll(out, response.itemCollectionMetrics());
        out.end();
    }

    private List<Action> actions(List<@Nullable Object> arguments) {
        List<@Nullable Object> kinds = Arguments.list(arguments.get(0));
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            String table = Arguments.name(row(arguments.get(1), i));
            TableKey tableKey = operations.keyOf(table);
            actions.add(new Action(
                    Arguments.integer(kinds.get(i)),
                    table,
                    tableKey,
                    keys.read(tableKey, row(arguments.get(2), i)),
                    row(arguments.get(3), i),
                    row(arguments.get(5), i),
                    row(arguments.get(6), i),
                    row(arguments.get(7), i)));
        }
        return actions;
    }

    private TransactWriteItem request(Action action) {
        var expressions = new Expressions(cbor);
        String condition = expressions.condition(action.condition);
        String update = expressions.update(action.update);
        Map<String, String> names = expressions.names();
        Map<String, AttributeValue> values = expressions.values();
        var onFailure = Options.onFailure(action.onFailure);
        TransactWriteItem.Builder item = TransactWriteItem.builder();
        return switch (action.kind) {
            case PUT -> {
                Map<String, AttributeValue> whole = items.read(action.key, action.withoutKey);
                yield item.put(put -> put.tableName(action.table)
                                .item(whole)
                                .conditionExpression(condition)
                                .expressionAttributeNames(names)
                                .expressionAttributeValues(values)
                                .returnValuesOnConditionCheckFailure(onFailure))
                        .build();
            }
            case DELETE ->
                item.delete(delete -> delete.tableName(action.table)
                                .key(action.key)
                                .conditionExpression(condition)
                                .expressionAttributeNames(names)
                                .expressionAttributeValues(values)
                                .returnValuesOnConditionCheckFailure(onFailure))
                        .build();
            case UPDATE ->
                item.update(each -> each.tableName(action.table)
                                .key(action.key)
                                .updateExpression(update)
                                .conditionExpression(condition)
                                .expressionAttributeNames(names)
                                .expressionAttributeValues(values)
                                .returnValuesOnConditionCheckFailure(onFailure))
                        .build();
            case CHECK ->
                item.conditionCheck(check -> check.tableName(action.table)
                                .key(action.key)
                                .conditionExpression(condition)
                                .expressionAttributeNames(names)
                                .expressionAttributeValues(values)
                                .returnValuesOnConditionCheckFailure(onFailure))
                        .build();
            default -> throw new MalformedRequest("unknown action %d".formatted(action.kind));
        };
    }

    private void write(CborOutput out, TableKey key, @Nullable Projection projection, ItemResponse found) {
        if (!found.hasItem()) {
            out.nothing();
        } else if (projection != null) {
            projection.write(out, found.item());
        } else {
            items.write(out, key, found.item());
        }
    }

    /** The client knows the keys, and adds them to the items of the reasons. */
    private static DaxError withoutKeys(TransactionCanceledException e, List<Action> actions) {
        DaxError error = Errors.of(e);
        List<CancellationReason> reasons = new ArrayList<>();
        for (int i = 0; i < error.reasons().size(); i++) {
            CancellationReason reason = error.reasons().get(i);
            reasons.add(
                    reason.hasItem() && i < actions.size()
                            ? reason.toBuilder()
                                    .item(Items.withoutKey(actions.get(i).tableKey, reason.item()))
                                    .build()
                            : reason);
        }
        return new DaxError(error.codes(), error.text(), error.errorCode(), error.httpStatus(), reasons);
    }

    /** An element of a column, which clients leave out where it has none. */
    private static @Nullable Object row(@Nullable Object column, int index) {
        if (column == null) {
            return null;
        }
        List<@Nullable Object> rows = Arguments.list(column);
        if (rows.isEmpty()) {
            return null;
        }
        if (rows.size() <= index) {
            throw new MalformedRequest("a column with %d rows".formatted(rows.size()));
        }
        return rows.get(index);
    }
}
