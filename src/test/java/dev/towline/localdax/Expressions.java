package dev.towline.localdax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Turns the expressions of one request, which clients send as trees, back into the text that DynamoDB takes. All names and values become
 * placeholders, which the expressions of a request share. A node is an array of an operator and its arguments. Not thread-safe.
 */
final class Expressions {

    /** By their code. The codes 3 and 4 are not in the order that one expects. */
    private static final List<String> COMPARATORS = List.of("=", "<>", "<", ">=", ">", "<=");

    private static final int AND = 6;
    private static final int OR = 7;
    private static final int NOT = 8;
    private static final int BETWEEN = 9;
    private static final int IN = 10;
    private static final int VALUE = 17;
    private static final int PATH = 18;
    private static final int SET = 19;
    private static final int REMOVE = 22;
    private static final int PLUS = 25;
    private static final int MINUS = 26;

    private static final Map<Integer, String> FUNCTIONS = Map.of(
            11, "attribute_exists",
            12, "attribute_not_exists",
            13, "attribute_type",
            14, "begins_with",
            15, "contains",
            16, "size",
            23, "if_not_exists",
            24, "list_append");

    private static final List<String> CLAUSES = List.of("SET", "ADD", "DELETE", "REMOVE");

    private final Cbor cbor;
    private final Map<String, String> placeholders = new LinkedHashMap<>();
    private final Map<String, AttributeValue> values = new LinkedHashMap<>();

    Expressions(Cbor cbor) {
        this.cbor = cbor;
    }

    /** The text of a condition, a filter or a key condition; null for none. */
    @Nullable
    String condition(@Nullable Object encoded) {
        return encoded == null ? null : new Tree(encoded).text();
    }

    @Nullable
    String update(@Nullable Object encoded) {
        return encoded == null ? null : new Tree(encoded).update();
    }

    @Nullable
    String projection(@Nullable Projection projection) {
        return projection == null
                ? null
                : String.join(
                        ", ", projection.upToLists().stream().map(this::path).toList());
    }

    /** Names by their placeholders, after all expressions have been turned into text; null for none, as DynamoDB wants it. */
    @Nullable
    Map<String, String> names() {
        if (placeholders.isEmpty()) {
            return null;
        }
        Map<String, String> names = new LinkedHashMap<>();
        placeholders.forEach((name, placeholder) -> names.put(placeholder, name));
        return names;
    }

    @Nullable
    Map<String, AttributeValue> values() {
        return values.isEmpty() ? null : Map.copyOf(values);
    }

    private String path(DocumentPath path) {
        var text = new StringBuilder();
        for (Object step : path.steps()) {
            if (step instanceof Integer) {
                text.append('[').append(step).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".")
                        .append(placeholders.computeIfAbsent((String) step, _ -> "#n" + placeholders.size()));
            }
        }
        return text.toString();
    }

    /** One expression: its format, its tree, and the values that the tree names by their place. */
    private final class Tree {

        private final Object root;
        private final List<@Nullable Object> given;
        private final Map<Integer, String> used = new LinkedHashMap<>();

        Tree(Object encoded) {
            List<@Nullable Object> parts =
                    Arguments.list(cbor.input(Arguments.bytes(encoded)).next());
            if (parts.size() < 2) {
                throw new MalformedRequest("an expression without a tree");
            }
            root = Objects.requireNonNullElse(parts.get(1), List.of());
            given = parts.size() > 2 ? Arguments.list(parts.get(2)) : List.of();
        }

        String text() {
            return text(root);
        }

        String update() {
            Map<String, List<String>> clauses = new LinkedHashMap<>();
            List<@Nullable Object> all = Arguments.list(root);
            if (all.isEmpty()) {
                throw new MalformedRequest("an update without actions");
            }
            for (Object action : all) {
                List<@Nullable Object> node = Arguments.list(action);
                int code = code(node);
                if (code < SET || code > REMOVE) {
                    throw new MalformedRequest("unknown action of an update: %d".formatted(code));
                }
                String path = text(argument(node, 1));
                clauses.computeIfAbsent(CLAUSES.get(code - SET), _ -> new ArrayList<>())
                        .add(
                                switch (code) {
                                    case SET -> path + " = " + text(argument(node, 2));
                                    case REMOVE -> path;
                                    default -> path + " " + text(argument(node, 2));
                                });
            }
            List<String> texts = new ArrayList<>();
            clauses.forEach((name, actions) -> texts.add(name + " " + String.join(", ", actions)));
            return String.join(" ", texts);
        }

        private String text(@Nullable Object item) {
            List<@Nullable Object> node = Arguments.list(item);
            int code = code(node);
            if (code >= 0 && code < COMPARATORS.size()) {
                return infix(node, COMPARATORS.get(code));
            }
            String function = FUNCTIONS.get(code);
            if (function != null) {
                return function + list(node.subList(1, node.size()));
            }
            return switch (code) {
                case AND -> logical(node, " AND ");
                case OR -> logical(node, " OR ");
                case NOT -> "NOT " + grouped(argument(node, 1));
                case BETWEEN ->
                    "%s BETWEEN %s AND %s"
                            .formatted(text(argument(node, 1)), text(argument(node, 2)), text(argument(node, 3)));
                case IN -> text(argument(node, 1)) + " IN " + list(Arguments.list(argument(node, 2)));
                case VALUE -> value(Arguments.integer(argument(node, 1)));
                case PATH -> path(DocumentPath.read(node.subList(1, node.size())));
                case PLUS -> infix(node, "+");
                case MINUS -> infix(node, "-");
                default -> throw new MalformedRequest("unknown operator %d".formatted(code));
            };
        }

        private String infix(List<@Nullable Object> node, String operator) {
            return "%s %s %s".formatted(text(argument(node, 1)), operator, text(argument(node, 2)));
        }

        private String list(List<@Nullable Object> nodes) {
            List<String> texts = new ArrayList<>();
            nodes.forEach(each -> texts.add(text(each)));
            return "(" + String.join(", ", texts) + ")";
        }

        private String logical(List<@Nullable Object> node, String operator) {
            List<String> texts = new ArrayList<>();
            node.subList(1, node.size()).forEach(each -> texts.add(grouped(each)));
            return String.join(operator, texts);
        }

        /** In parentheses only where they tell something: DynamoDB refuses others. */
        private String grouped(@Nullable Object item) {
            int code = code(Arguments.list(item));
            return code >= AND && code <= NOT ? "(" + text(item) + ")" : text(item);
        }

        private String value(int index) {
            if (index < 0 || index >= given.size()) {
                throw new MalformedRequest("an expression without its value %d".formatted(index));
            }
            return used.computeIfAbsent(index, _ -> {
                String placeholder = ":v" + values.size();
                values.put(placeholder, AttributeValues.read(given.get(index)));
                return placeholder;
            });
        }

        private static int code(List<@Nullable Object> node) {
            return Arguments.integer(argument(node, 0));
        }

        private static @Nullable Object argument(List<@Nullable Object> node, int index) {
            if (index >= node.size()) {
                throw new MalformedRequest("an operator without its argument %d".formatted(index));
            }
            return node.get(index);
        }
    }
}
