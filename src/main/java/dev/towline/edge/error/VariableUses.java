package dev.towline.edge.error;

import graphql.ExecutionInput;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.Node;
import graphql.language.ObjectField;
import graphql.language.OperationDefinition;
import graphql.language.SourceLocation;
import graphql.language.VariableReference;
import graphql.parser.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the arguments that use a variable. Messages name the argument, whether its value came from a literal or a variable. */
public final class VariableUses {

    private VariableUses() {}

    /** The path of the first argument, or part of one, that has the variable as its value; the name of the variable if there is none. */
    public static String argumentOf(String variable, ExecutionInput input) {
        Document document = Parser.parse(input.getQuery());
        List<Node<?>> parts = new ArrayList<>();
        OperationDefinition operation = operation(document, input.getOperationName());
        if (operation != null) {
            parts.add(operation);
        }
        parts.addAll(document.getDefinitionsOfType(FragmentDefinition.class));
        for (Node<?> part : parts) {
            String path = use(part, variable, "");
            if (path != null) {
                return path;
            }
        }
        return variable;
    }

    /** The first node of this type at one of these places of the document. */
    static <N> N at(List<SourceLocation> places, Class<N> type, ExecutionInput input) {
        return nodes(Parser.parse(input.getQuery()))
                .filter(node -> places.contains(node.getSourceLocation()))
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Node<?>> nodes(Node<?> node) {
        return Stream.concat(Stream.of(node), children(node).stream().flatMap(VariableUses::nodes));
    }

    /** The operation with this name, or the only one; null if there is none. */
    static @Nullable OperationDefinition operation(Document document, @Nullable String name) {
        return document.getDefinitionsOfType(OperationDefinition.class).stream()
                .filter(operation -> name == null || name.isEmpty() || name.equals(operation.getName()))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String use(Node<?> node, String variable, String path) {
        if (node instanceof VariableReference reference) {
            return reference.getName().equals(variable) ? path : null;
        }
        String here = switch (node) {
            case Argument argument -> argument.getName();
            case ObjectField field -> path + "." + field.getName();
            default -> path;
        };
        List<? extends Node<?>> parts = children(node);
        for (int i = 0; i < parts.size(); i++) {
            String found = use(parts.get(i), variable, node instanceof ArrayValue ? here + "[" + i + "]" : here);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the library has the raw type
    private static List<? extends Node<?>> children(Node<?> node) {
        return (List) node.getChildren();
    }
}
