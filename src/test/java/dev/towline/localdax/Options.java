package dev.towline.localdax;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** The optional arguments of an operation. What a client has not set is null, as in the requests of the SDK. */
record Options(Map<String, @Nullable Object> given) {

    private static final List<ReturnValue> RETURN_VALUES = List.of(
            ReturnValue.NONE,
            ReturnValue.ALL_OLD,
            ReturnValue.UPDATED_OLD,
            ReturnValue.ALL_NEW,
            ReturnValue.UPDATED_NEW);
    private static final List<ReturnConsumedCapacity> CAPACITIES =
            List.of(ReturnConsumedCapacity.NONE, ReturnConsumedCapacity.TOTAL, ReturnConsumedCapacity.INDEXES);
    private static final List<ReturnItemCollectionMetrics> METRICS =
            List.of(ReturnItemCollectionMetrics.NONE, ReturnItemCollectionMetrics.SIZE);
    private static final List<Select> SELECTS =
            List.of(Select.ALL_ATTRIBUTES, Select.ALL_PROJECTED_ATTRIBUTES, Select.COUNT, Select.SPECIFIC_ATTRIBUTES);
    private static final List<ReturnValuesOnConditionCheckFailure> ON_FAILURE =
            List.of(ReturnValuesOnConditionCheckFailure.NONE, ReturnValuesOnConditionCheckFailure.ALL_OLD);

    static Options read(@Nullable Object item) {
        return new Options(item == null ? Map.of() : Arguments.map(item));
    }

    @Nullable
    Object projection() {
        return given.get("0");
    }

    @Nullable
    Boolean consistentRead() {
        return bool("2");
    }

    @Nullable
    ReturnConsumedCapacity capacity() {
        return oneOf(CAPACITIES, 0, given.get("3"));
    }

    @Nullable
    Object condition() {
        return given.get("4");
    }

    @Nullable
    ReturnItemCollectionMetrics metrics() {
        return oneOf(METRICS, 0, given.get("6"));
    }

    @Nullable
    ReturnValue returnValues() {
        return oneOf(RETURN_VALUES, 1, given.get("7"));
    }

    @Nullable
    Object update() {
        return given.get("8");
    }

    @Nullable
    Object startKey() {
        return given.get("9");
    }

    @Nullable
    Object filter() {
        return given.get("10");
    }

    @Nullable
    String index() {
        Object name = given.get("11");
        return name == null ? null : Arguments.name(name);
    }

    @Nullable
    Integer limit() {
        return integer("13");
    }

    @Nullable
    Boolean forward() {
        return bool("14");
    }

    @Nullable
    Select select() {
        return oneOf(SELECTS, 1, given.get("15"));
    }

    @Nullable
    Integer segment() {
        return integer("16");
    }

    @Nullable
    Integer totalSegments() {
        return integer("17");
    }

    @Nullable
    String token() {
        Object token = given.get("19");
        return token == null ? null : Arguments.text(token);
    }

    static @Nullable ReturnValuesOnConditionCheckFailure onFailure(@Nullable Object code) {
        return oneOf(ON_FAILURE, 1, code);
    }

    private @Nullable Boolean bool(String key) {
        Object value = given.get(key);
        return value == null ? null : Arguments.bool(value);
    }

    private @Nullable Integer integer(String key) {
        Object value = given.get(key);
        return value == null ? null : Arguments.integer(value);
    }

    private static <T> @Nullable T oneOf(List<T> all, int first, @Nullable Object code) {
        if (code == null) {
            return null;
        }
        int index = Arguments.integer(code) - first;
        if (index < 0 || index >= all.size()) {
            throw new MalformedRequest("unknown option %d".formatted(index + first));
        }
        return all.get(index);
    }
}
