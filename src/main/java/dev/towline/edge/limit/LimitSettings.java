package dev.towline.edge.limit;

import dev.towline.problem.Limit;
import dev.towline.problem.TooComplex;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a request may have at most. Counts of fields, aliases, repeated fields and directives are those after all fragments are expanded.
 *
 * @param documentCharacters the characters of the document
 * @param tokens the tokens of the document
 * @param fragments the fragment definitions of the document
 * @param depth the levels of fields of an operation
 * @param breadth the selections in one pair of braces
 * @param fields the fields of an operation
 * @param aliases the fields with an alias
 * @param repeatedFields the fields that repeat the name or the alias of another one in the same braces
 * @param directives the directives
 * @param variableBytes the size of all variables together: names and texts in UTF-8, and 8 bytes for each other value
 * @param variableDepth the levels of lists and objects in a variable
 * @param cost the cost of a query or a mutation
 * @param subscriptionCost the cost of a subscription, which is executed once for each item
 * @param operationTimeout the time for an operation, or until a subscription has its stream
 * @param introspection whether {@code __schema}, {@code __type} and the pages of GraphiQL are allowed
 */
@ConfigurationProperties("towline.limits")
record LimitSettings(
        @DefaultValue("20000") int documentCharacters,
        @DefaultValue("1000") int tokens,
        @DefaultValue("50") int fragments,
        @DefaultValue("15") int depth,
        @DefaultValue("50") int breadth,
        @DefaultValue("1000") int fields,
        @DefaultValue("30") int aliases,
        @DefaultValue("20") int repeatedFields,
        @DefaultValue("50") int directives,
        @DefaultValue("262144") int variableBytes,
        @DefaultValue("10") int variableDepth,
        @DefaultValue("5000") int cost,
        @DefaultValue("1000") int subscriptionCost,
        @DefaultValue("10s") Duration operationTimeout,
        @DefaultValue("false") boolean introspection) {

    LimitSettings {
        require("document-characters", documentCharacters, 1);
        require("tokens", tokens, 1);
        require("fragments", fragments, 0);
        require("depth", depth, 1);
        require("breadth", breadth, 1);
        require("fields", fields, 1);
        require("aliases", aliases, 0);
        require("repeated-fields", repeatedFields, 0);
        require("directives", directives, 0);
        require("variable-bytes", variableBytes, 0);
        require("variable-depth", variableDepth, 1);
        require("cost", cost, 1);
        require("subscription-cost", subscriptionCost, 1);
        if (!operationTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "towline.limits.operation-timeout must be more than 0, but is " + operationTimeout);
        }
    }

    private static void require(String setting, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "towline.limits.%s must be at least %d, but is %d".formatted(setting, least, value));
        }
    }

    /**
     * Requires that a count is within its limit.
     *
     * @param name the name of the limit
     * @param of what is counted, such as {@code tokens in the document}
     * @throws TooComplex if it is not
     */
    static void requireAtMost(int allowed, long count, String name, String of) {
        if (count > allowed) {
            throw exceeded(allowed, name, of);
        }
    }

    static TooComplex exceeded(int allowed, String name, String of) {
        return new TooComplex(new Limit(name, allowed), "The request must have at most %d %s.".formatted(allowed, of));
    }
}
