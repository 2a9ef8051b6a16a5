package dev.towline.edge.limit;

import dev.towline.problem.TooComplex;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SelectionSetContainer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures what the operations of a document select when all fragments are expanded. It visits each fragment once and multiplies what it
 * found there, so the time is linear in the length of the document however much its fragments expand to. It does not need a valid
 * document. For one document on one thread.
 */
final class DocumentShape {

    /** Counts stop here. A sum of two fits an integer. */
    private static final int MANY = Integer.MAX_VALUE / 2;

    private final LimitSettings limits;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();

    /** What fragments select. A fragment that is being measured has nothing yet: validation rejects one that spreads itself. */
    private final Map<String, Counts> measured = new HashMap<>();

    private DocumentShape(LimitSettings limits) {
        this.limits = limits;
    }

    private record Counts(int depth, int fields, int aliases, int repeatedFields, int directives) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    Math.max(depth, other.depth),
                    sum(fields, other.fields),
                    sum(aliases, other.aliases),
                    sum(repeatedFields, other.repeatedFields),
                    sum(directives, other.directives));
        }

        private static int sum(int one, int other) {
            return Math.min(MANY, one + other);
        }
    }

    /** @throws TooComplex if the document exceeds a limit */
    static void check(Document document, LimitSettings limits) {
        DocumentShape shape = new DocumentShape(limits);
        List<FragmentDefinition> definitions = document.getDefinitionsOfType(FragmentDefinition.class);
        LimitSettings.requireAtMost(
                limits.fragments(), definitions.size(), "fragments", "fragment definitions in the document");
        definitions.forEach(fragment -> shape.fragments.put(fragment.getName(), fragment));
        definitions.forEach(fragment -> shape.require(shape.of(fragment.getName())));
        for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
            int onVariables = operation.getVariableDefinitions().stream()
                    .mapToInt(variable -> variable.getDirectives().size())
                    .sum();
            shape.require(shape.of(operation).plus(new Counts(0, 0, 0, 0, onVariables)));
        }
    }

    private void require(Counts counts) {
        LimitSettings.requireAtMost(limits.depth(), counts.depth, "depth", "levels of fields in an operation");
        LimitSettings.requireAtMost(
                limits.fields(), counts.fields, "fields", "fields in an operation, with all fragments expanded");
        LimitSettings.requireAtMost(
                limits.aliases(), counts.aliases, "aliases", "aliases in an operation, with all fragments expanded");
        LimitSettings.requireAtMost(
                limits.repeatedFields(),
                counts.repeatedFields,
                "repeatedFields",
                "fields that repeat another one in the same braces");
        LimitSettings.requireAtMost(
                limits.directives(),
                counts.directives,
                "directives",
                "directives in an operation, with all fragments expanded");
    }

    /** What a definition or an inline fragment selects. */
    private <N extends SelectionSetContainer<?> & DirectivesContainer<?>> Counts of(N node) {
        return of(node, new HashSet<>());
    }

    private <N extends SelectionSetContainer<?> & DirectivesContainer<?>> Counts of(N node, Set<String> names) {
        return of(node.getSelectionSet(), names)
                .plus(new Counts(0, 0, 0, 0, node.getDirectives().size()));
    }

    private Counts of(@Nullable SelectionSet selections, Set<String> names) {
        if (selections == null) {
            return Counts.NONE;
        }
        LimitSettings.requireAtMost(
                limits.breadth(), selections.getSelections().size(), "breadth", "selections in one pair of braces");
        Counts all = Counts.NONE;
        for (Selection<?> selection : selections.getSelections()) {
            all = all.plus(
                    switch (selection) {
                        case Field field -> of(field, !names.add(field.getResultKey()));
                        case InlineFragment fragment -> of(fragment, names);
                        case FragmentSpread spread ->
                            of(spread.getName())
                                    .plus(new Counts(
                                            0, 0, 0, 0, spread.getDirectives().size()));
                        default -> throw new IllegalStateException("unknown selection " + selection);
                    });
        }
        return all;
    }

    private Counts of(Field field, boolean isRepeated) {
        Counts below = of(field.getSelectionSet(), new HashSet<>());
        return new Counts(
                        Math.min(MANY, below.depth + 1),
                        1,
                        field.getAlias() == null ? 0 : 1,
                        isRepeated ? 1 : 0,
                        field.getDirectives().size())
                .plus(below);
    }

    private Counts of(String fragment) {
        Counts known = measured.putIfAbsent(fragment, Counts.NONE);
        if (known != null) {
            return known;
        }
        FragmentDefinition definition = fragments.get(fragment);
        if (definition == null) {
            return Counts.NONE;
        }
        Counts counts = of(definition);
        measured.put(fragment, counts);
        return counts;
    }
}
