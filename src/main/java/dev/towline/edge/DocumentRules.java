package dev.towline.edge;

import static graphql.validation.ValidationErrorType.SubscriptionIntrospectionRootField;
import static graphql.validation.ValidationErrorType.SubscriptionMultipleRootFields;
import static graphql.validation.ValidationErrorType.UnknownDirective;

import graphql.Directives;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.validation.OperationValidationRule;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Rules for documents that GraphQL's own have taken. For one document and one thread. */
final class DocumentRules {

    /** Directives that graphql-java adds to every schema, and that do nothing here. */
    static final Set<String> UNSUPPORTED_DIRECTIVES = Set.of(
            Directives.DeferDirective.getName(), Directives.ExperimentalDisableErrorPropagationDirective.getName());

    private final Document document;
    private final List<ValidationError> errors = new ArrayList<>();

    private DocumentRules(Document document) {
        this.document = document;
    }

    /** What is wrong with a document, in the order in which it stands there. */
    static List<ValidationError> check(Document document) {
        DocumentRules rules = new DocumentRules(document);
        rules.checkDirectives(document);
        document.getDefinitionsOfType(OperationDefinition.class).stream()
                .filter(operation -> operation.getOperation() == Operation.SUBSCRIPTION)
                .forEach(rules::checkRoot);
        return rules.errors;
    }

    /** Whether a rule of graphql-java is to be applied: one of them breaks on conditions, and is applied here. */
    static boolean isApplied(OperationValidationRule rule) {
        return rule != OperationValidationRule.SUBSCRIPTION_UNIQUE_ROOT_FIELD;
    }

    private void checkDirectives(Node<?> node) {
        if (node instanceof Directive directive && UNSUPPORTED_DIRECTIVES.contains(directive.getName())) {
            fault(UnknownDirective, node, "Unknown directive '" + directive.getName() + "'");
        }
        for (Object child : node.getChildren()) {
            checkDirectives((Node<?>) child);
        }
    }

    /**
     * Holds that a subscription has one field.
     *
     * @see <a href="https://spec.graphql.org/September2025/#sec-Single-Root-Field">Single Root Field</a>
     */
    private void checkRoot(OperationDefinition operation) {
        Map<String, Field> fields = new LinkedHashMap<>();
        collect(operation.getSelectionSet(), fields, new HashSet<>());
        if (fields.size() > 1) {
            fault(SubscriptionMultipleRootFields, operation, "A subscription must have exactly one root field.");
        }
        fields.values().stream()
                .filter(field -> field.getName().startsWith("__"))
                .forEach(field -> fault(
                        SubscriptionIntrospectionRootField,
                        field,
                        "The root field of a subscription must not be '" + field.getName() + "'."));
    }

    private void collect(SelectionSet selections, Map<String, Field> fields, Set<String> visited) {
        for (Selection<?> selection : selections.getSelections()) {
            for (Directive condition : ((DirectivesContainer<?>) selection).getDirectives()) {
                // whichever it is: both are only known once variables are
                fault(
                        SubscriptionMultipleRootFields,
                        condition,
                        "The root field of a subscription must not have '@" + condition.getName() + "'.");
            }
            switch (selection) {
                case Field field -> fields.putIfAbsent(field.getResultKey(), field);
                case InlineFragment fragment -> collect(fragment.getSelectionSet(), fields, visited);
                case FragmentSpread spread
                when visited.add(spread.getName()) ->
                    document.getDefinitionsOfType(FragmentDefinition.class).stream()
                            .filter(fragment -> fragment.getName().equals(spread.getName()))
                            .forEach(fragment -> collect(fragment.getSelectionSet(), fields, visited));
                default -> {}
            }
        }
    }

    private void fault(ValidationErrorType type, Node<?> place, String message) {
        errors.add(ValidationError.newValidationError()
                .validationErrorType(type)
                .sourceLocation(Objects.requireNonNull(place.getSourceLocation()))
                .description(message)
                .build());
    }
}
