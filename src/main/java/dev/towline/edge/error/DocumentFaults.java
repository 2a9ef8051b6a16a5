package dev.towline.edge.error;

import dev.towline.edge.error.Faults.Fault;
import graphql.ExecutionInput;
import graphql.schema.GraphQLSchema;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what is wrong with a document from the English sentence in which GraphQL says so: it says it nowhere else, and prints the value
 * at fault as a Java object.
 */
final class DocumentFaults {

    private static final Pattern WHERE = Pattern.compile("\\AValidation [eE]rror \\([^)]*\\) ?: ");

    private static final Pattern VALUE = Pattern.compile(
            "\\Aargument '([^']+)' with value '.*?'"
                    + " (?:is not a valid '(?<type>\\w+)'.*|is missing required fields '\\[(?<missing>\\w+).*"
                    + "|contains a field not in '\\w+': '(?<unknown>\\w+)'|(?<object>must be an object type)"
                    + "|must not be null)\\z",
            Pattern.DOTALL);

    private static final Pattern ARGUMENT = Pattern.compile("argument '(\\w+)'");
    private static final Pattern VARIABLE = Pattern.compile("\\AVariable '(\\w+)'");
    private static final Pattern DEFAULT =
            Pattern.compile("\\ABad default value '.*' for type '\\[*(\\w+)", Pattern.DOTALL);

    private DocumentFaults() {}

    static Fault of(ValidationError error, GraphQLSchema schema, ExecutionInput input) {
        String sentence = WHERE.matcher(error.getMessage()).replaceFirst("");
        Matcher value = VALUE.matcher(sentence);
        if (value.matches()) {
            return valueFault(value, schema);
        }
        Matcher badDefault = DEFAULT.matcher(sentence);
        if (badDefault.find()) {
            String variable = VariableUses.definedAt(error.getLocations(), input);
            return new Fault(
                    variable == null ? null : VariableUses.argumentOf(variable, input),
                    "The default value of " + (variable == null ? "a variable" : "`$" + variable + '`') + ' '
                            + ExpectedTypes.predicate(schema, badDefault.group(1)));
        }
        Matcher variable = VARIABLE.matcher(sentence);
        if (error.getValidationErrorType() == ValidationErrorType.VariableTypeMismatch && variable.find()) {
            return new Fault(VariableUses.argumentOf(variable.group(1), input), sentence);
        }
        Matcher argument = ARGUMENT.matcher(sentence);
        return new Fault(argument.find() ? argument.group(1) : null, sentence);
    }

    private static Fault valueFault(Matcher value, GraphQLSchema schema) {
        String argument = value.group(1);
        if (value.group("type") != null) {
            return Fault.of(argument, ExpectedTypes.predicate(schema, value.group("type")));
        }
        if (value.group("missing") != null) {
            return Fault.of(argument + "." + value.group("missing"), "is required.");
        }
        if (value.group("unknown") != null) {
            return Fault.of(argument + "." + value.group("unknown"), "is not a field of this type.");
        }
        return Fault.of(argument, value.group("object") == null ? "must not be null." : "must be an object.");
    }
}
