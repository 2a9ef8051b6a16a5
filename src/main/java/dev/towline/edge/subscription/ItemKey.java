package dev.towline.edge.subscription;

import dev.towline.viewer.Viewer;
import graphql.execution.ExecutionContext;
import graphql.execution.MergedField;
import graphql.language.Field;
import graphql.language.FragmentSpread;
import graphql.language.Node;
import graphql.language.VariableReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What decides how an item looks. The arguments of the subscription are not in it: they decide which items a stream has.
 *
 * @param document its text
 * @param operation the name of the operation, null if it has none
 * @param variables the values of the variables that the selected fields use
 * @param audience of the viewer
 * @param item the identity of the item
 */
record ItemKey(
        String document,
        @Nullable String operation,
        Map<String, @Nullable Object> variables,
        Viewer audience,
        Object item) {

    /** The values of the variables that the fields below the root field use, which may stand in the document more than once. */
    static Map<String, @Nullable Object> variablesBelow(MergedField root, ExecutionContext context) {
        Set<String> names = new HashSet<>();
        Set<String> fragments = new HashSet<>();
        for (Field each : root.getFields()) {
            if (each.getSelectionSet() != null) {
                collect(each.getSelectionSet(), context, names, fragments);
            }
        }
        Map<String, Object> all = context.getCoercedVariables().toMap();
        Map<String, @Nullable Object> used = new HashMap<>();
        names.stream().filter(all::containsKey).forEach(name -> used.put(name, all.get(name)));
        return used;
    }

    private static void collect(Node<?> node, ExecutionContext context, Set<String> names, Set<String> fragments) {
        if (node instanceof VariableReference variable) {
            names.add(variable.getName());
        } else if (node instanceof FragmentSpread spread && fragments.add(spread.getName())) {
            collect(Objects.requireNonNull(context.getFragment(spread.getName())), context, names, fragments);
        }
        node.getChildren().forEach(child -> collect((Node<?>) child, context, names, fragments));
    }
}
