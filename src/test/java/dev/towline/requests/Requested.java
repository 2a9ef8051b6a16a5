package dev.towline.requests;

import graphql.language.Argument;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.OperationDefinition;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The operation that a request asks for, as a server is to understand it. */
record Requested(Document document, OperationDefinition operation, JsonNode variables) {

    /** Null if there is no such operation. */
    static @Nullable Requested of(Asked asked) {
        try {
            Document document = Parser.parse(asked.document());
            String name = asked.operationName() == null ? "null" : asked.operationName();
            List<OperationDefinition> operations = document.getDefinitionsOfType(OperationDefinition.class).stream()
                    .filter(operation -> name.equals("null") || name.equals("\"" + operation.getName() + "\""))
                    .toList();
            JsonNode variables = asked.variables() == null
                    ? MissingNode.getInstance()
                    : JsonMapper.shared().readTree(asked.variables());
            return operations.size() == 1 ? new Requested(document, operations.getFirst(), variables) : null;
        } catch (InvalidSyntaxException | JacksonException malformed) {
            return null;
        }
    }

    /** The session that it subscribes to, null if it does not. */
    @Nullable
    String watchedSession() {
        if (operation.getOperation() != OperationDefinition.Operation.SUBSCRIPTION) {
            return null;
        }
        return operation.getSelectionSet().getSelectionsOfType(Field.class).stream()
                .flatMap(field -> field.getArguments().stream())
                .filter(argument -> argument.getName().equals("sessionId"))
                .map(argument -> text(argument))
                .findFirst()
                .orElse(null);
    }

    /** Whether it subscribes to the dispatch board. */
    boolean followsBoard() {
        return operation.getOperation() == OperationDefinition.Operation.SUBSCRIPTION
                && operation.getSelectionSet().getSelectionsOfType(Field.class).stream()
                        .anyMatch(field -> field.getName().equals("onDispatchChanged"));
    }

    private String text(Argument argument) {
        Value<?> value = argument.getValue();
        if (value instanceof VariableReference variable) {
            JsonNode given = variables.path(variable.getName());
            value = given.isMissingNode() ? defaultOf(variable) : StringValue.of(given.asString(""));
        }
        return value instanceof StringValue string ? String.valueOf(string.getValue()) : "";
    }

    private @Nullable Value<?> defaultOf(VariableReference variable) {
        return operation.getVariableDefinitions().stream()
                .filter(definition -> definition.getName().equals(variable.getName()))
                .flatMap(definition -> Stream.<Value<?>>ofNullable(definition.getDefaultValue()))
                .findFirst()
                .orElse(null);
    }
}
