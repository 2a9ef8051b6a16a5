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

/** Validation rules beyond those of graphql-java. For one document and one thread. */
final class DocumentRules {

    /** Directives that graphql-java adds to every schema, and that this service does not support. */
    static final Set<String> UNSUPPORTED_DIRECTIVES = Set.of(
            Directives.DeferDirective.getName(), Directives.ExperimentalDisableErrorPropagationDirective.getName());

    private final Document document;
    private final List<ValidationError> errors = new ArrayList<>();

    private DocumentRules(Document document) {
        this.document = document;
    }

    /** The validation errors of a document, in document order. */
    static List<ValidationError> check(Document document) {
        DocumentRules rules = new DocumentRules(document);
        rules.checkDirectives(document);
        document.getDefinitionsOfType(OperationDefinition.class).stream()
                .filter(operation -> operation.getOperation() == Operation.SUBSCRIPTION)
                .forEach(rules::checkRoot);
        return rules.errors;
    }

    /**
     * Whether graphql-java should apply its own rule. Its rule for the root field of a subscription fails on {@code @skip} and {@code
     * @include}, so this class replaces it.
     */
    static boolean isApplied(OperationValidationRule rule) {
        return rule != OperationValidationRule.SUBSCRIPTION_UNIQUE_ROOT_FIELD;
    }

    private void checkDirectives(Node<?> node) {
        if (node instanceof Directive directive && UNSUPPORTED_DIRECTIVES.contains(directive.getName())) {
            addError(UnknownDirective, node, "Unknown directive '" + directive.getName() + "'");
        }
        for (Object child : node.getChildren()) {
            checkDirectives((Node<?>) child);
        }
    }

    /**
     * Checks that a subscription has exactly one root field.
     *
     * @see <a href="https://spec.graphql.org/September2025/#sec-Single-Root-Field">Single Root Field</a>
     */
    private void checkRoot(OperationDefinition operation) {
        Map<String, Field> fields = new LinkedHashMap<>();
        collect(operation.getSelectionSet(), fields, new HashSet<>());
        if (fields.size() > 1) {
            addError(SubscriptionMultipleRootFields, operation, "A subscription must have exactly one root field.");
        }
        fields.values().stream()
                .filter(field -> field.getName().startsWith("__"))
                .forEach(field -> addError(
                        SubscriptionIntrospectionRootField,
                        field,
                        "The root field of a subscription must not be '" + field.getName() + "'."));
    }

    private void collect(SelectionSet selections, Map<String, Field> fields, Set<String> visited) {
        for (Selection<?> selection : selections.getSelections()) {
            for (Directive condition : ((DirectivesContainer<?>) selection).getDirectives()) {
                // Both @skip and @include depend on variables, which are not known yet.
                addError(
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

    private void addError(ValidationErrorType type, Node<?> place, String message) {
        errors.add(ValidationError.newValidationError()
                .validationErrorType(type)
                .sourceLocation(Objects.requireNonNull(place.getSourceLocation()))
                .description(message)
                .build());
    }
}
