package dev.towline.dynamo;

import dev.towline.store.Index;
import dev.towline.store.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** The keys and indexes that a table must have in DynamoDB. */
record TableSchema(Table<?> table, String name) {

    CreateTableRequest creation() {
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes())
                .keySchema(keys());
        if (!table.indexes().isEmpty()) {
            request.globalSecondaryIndexes(
                    table.indexes().stream().map(TableSchema::creation).toList());
        }
        return request.build();
    }

    /** Describes the missing and different parts of an existing table; empty if there are none. */
    List<String> differences(TableDescription actual) {
        List<String> differences = new ArrayList<>();
        if (!sameKeys(keys(), actual.keySchema())) {
            differences.add(
                    "table " + name + " has the key " + words(actual.keySchema()) + " instead of " + words(keys()));
        }
        Set<String> texts = actual.attributeDefinitions().stream()
                .filter(attribute -> attribute.attributeType() == ScalarAttributeType.S)
                .map(AttributeDefinition::attributeName)
                .collect(Collectors.toSet());
        attributes().stream()
                .map(AttributeDefinition::attributeName)
                .filter(attribute -> !texts.contains(attribute) && isKnown(actual, attribute))
                .forEach(attribute ->
                        differences.add("table " + name + " has a key '" + attribute + "' that is not a string"));
        Map<String, GlobalSecondaryIndexDescription> actualIndexes = actual.globalSecondaryIndexes().stream()
                .collect(Collectors.toMap(GlobalSecondaryIndexDescription::indexName, Function.identity()));
        for (Index<?> index : table.indexes()) {
            GlobalSecondaryIndexDescription found = actualIndexes.get(index.name());
            if (found == null) {
                differences.add("table " + name + " has no index " + index.name());
            } else if (!sameKeys(keys(index), found.keySchema())) {
                differences.add("index " + index.name() + " of table " + name + " has the key "
                        + words(found.keySchema()) + " instead of " + words(keys(index)));
            }
        }
        return differences;
    }

    private static boolean isKnown(TableDescription actual, String attribute) {
        return actual.attributeDefinitions().stream()
                .anyMatch(known -> known.attributeName().equals(attribute));
    }

    private List<KeySchemaElement> keys() {
        KeySchemaElement partition = key(ItemKey.PARTITION, KeyType.HASH);
        return table.sorted() ? List.of(partition, key(ItemKey.SORT, KeyType.RANGE)) : List.of(partition);
    }

    private static List<KeySchemaElement> keys(Index<?> index) {
        return List.of(key(index.name(), KeyType.HASH), key(index.sortAttribute(), KeyType.RANGE));
    }

    private List<AttributeDefinition> attributes() {
        List<KeySchemaElement> all = new ArrayList<>(keys());
        table.indexes().forEach(index -> all.addAll(keys(index)));
        return all.stream()
                .distinct()
                .map(key -> AttributeDefinition.builder()
                        .attributeName(key.attributeName())
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .toList();
    }

    private static GlobalSecondaryIndex creation(Index<?> index) {
        return GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(keys(index))
                .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
                .build();
    }

    private static KeySchemaElement key(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    private static boolean sameKeys(List<KeySchemaElement> one, List<KeySchemaElement> other) {
        return new HashSet<>(one).equals(new HashSet<>(other));
    }

    private static String words(List<KeySchemaElement> keys) {
        return keys.stream().map(KeySchemaElement::attributeName).collect(Collectors.joining(", ", "(", ")"));
    }
}
