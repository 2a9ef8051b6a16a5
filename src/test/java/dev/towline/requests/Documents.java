package dev.towline.requests;

import graphql.introspection.IntrospectionQuery;
import graphql.language.OperationDefinition.Operation;
import graphql.schema.GraphQLSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Draws documents with their variables: right ones, and where oddities are wanted ones that are nearly right. */
final class Documents {

    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|[A-Za-z_]\\w*|-?\\d[\\w.+-]*|\\.{3}|\\s+|.", Pattern.DOTALL);

    private final Chance chance;
    private final GraphQLSchema schema;
    private final Known known;
    private final boolean odd;

    Documents(Chance chance, GraphQLSchema schema, Known known, boolean odd) {
        this.chance = chance;
        this.schema = schema;
        this.known = known;
        this.odd = odd;
    }

    /** A document whose first operation is of that kind, unless something odd is done to it. */
    Asked draw(Operation kind) {
        List<Operations.Drawn> operations = new ArrayList<>();
        operations.add(operation(kind, "A"));
        if (chance.percent(8)) {
            operations.add(operation(chance.of(Operation.values()), "B"));
        }
        Operations.Drawn first = operations.getFirst();
        boolean named = operations.size() > 1 || chance.percent(20);
        Asked asked = new Asked(
                operations.stream().map(Operations.Drawn::text).collect(Collectors.joining("\n")),
                Asked.json(first.variables()),
                named ? "\"" + first.name() + "\"" : null,
                chance.percent(3) ? chance.of("{}", "{\"a\": [1]}") : null);
        return odd && chance.percent(40) ? garbled(asked) : asked;
    }

    private Operations.Drawn operation(Operation kind, String name) {
        return Operations.draw(chance, schema, known, odd, kind, name);
    }

    private Asked garbled(Asked asked) {
        String document = asked.document();
        return switch (chance.below(4)) {
            case 0 ->
                new Asked(
                        chance.of(List.of(
                                document,
                                document + " query B { __typename }",
                                document + " mutation B { __typename }")),
                        asked.variables(),
                        chance.of("\"\"", "\"A\"", "\"B\"", "null", "\"none\"", "1", "{}", "\" A\""),
                        asked.extensions());
            case 1 -> asked.withDocument(retokened(document));
            case 2 -> asked.withDocument(added(document));
            default -> new Asked(fixed(), asked.variables(), asked.operationName(), asked.extensions());
        };
    }

    /** With one token taken away, doubled, or put in the place of another. */
    private String retokened(String document) {
        List<String> tokens = new ArrayList<>(TOKEN.matcher(document)
                .results()
                .map(found -> found.group())
                .filter(token -> !token.isBlank())
                .toList());
        int place = chance.below(tokens.size());
        String other = chance.of(tokens);
        switch (chance.below(4)) {
            case 0 -> tokens.remove(place);
            case 1 -> tokens.add(place, other);
            case 2 -> tokens.set(place, other);
            default -> tokens.subList(place, tokens.size()).clear();
        }
        return String.join(" ", tokens);
    }

    private String added(String document) {
        String inside = chance.of(
                "none",
                "__typename: id",
                "...None",
                "...C",
                "... on None { id }",
                "... on Position { latitude }",
                "... @defer { __typename }",
                "__typename @none",
                "__typename @include",
                "__typename @include(if: true) @include(if: false)",
                "__typename @skip(if: null)",
                "__typename @include(if: \"true\")",
                "id: __typename id: __schema { types { name } }",
                "__typename { a }",
                "_: __typename @cache(ttlSeconds: 1, scope: PUBLIC)",
                "{ __typename }",
                "# comment",
                "\u0000",
                "\ufeff",
                "\ud83d\ude9a");
        String after = chance.of(
                "",
                "",
                " fragment C on Query { ...C }",
                " fragment C on Mutation { ...D } fragment D on Mutation { ...C }",
                " fragment C on Vendor { id }",
                " type X { a: Int }",
                " extend schema @none",
                " { __typename }");
        int place = document.indexOf('{', Math.max(0, chance.below(document.length()) - 20)) + 1;
        return document.substring(0, place) + " " + inside + " " + document.substring(place) + after;
    }

    private String fixed() {
        int many = chance.of(10, 100, 1000, 5000);
        String watch = "onTrackingUpdated(sessionId: \"" + known.id(chance, "sessionId") + "\")";
        return chance.of(
                "",
                " ",
                "{",
                "{}",
                "query",
                "#",
                "fragment A on Query { __typename }",
                "mutation { __typename }",
                "subscription { __typename }",
                "subscription { __schema { types { name } } }",
                "subscription { " + watch + " @include(if: true) { kind } }",
                "subscription($b: Boolean!) { ... @skip(if: $b) { " + watch + " { kind } } }",
                "subscription { a: " + watch + " { kind } b: " + watch + " { kind } }",
                "subscription { " + watch + " { kind session { trail(first: 0) { edges { cursor } } } } }",
                "subscription { ...A } fragment A on Subscription { " + watch + " { sequence } }",
                "{ a: __type(name: \"Vendor\") { name } b: __type(name: \"Query\") { name } }",
                "{ __type(name: \"Vendor\") { fields(includeDeprecated: null) { name args(includeDeprecated: null) {"
                        + " name } } } }",
                "{ __type(name: null) { name } }",
                IntrospectionQuery.INTROSPECTION_QUERY,
                "{ " + "... { ".repeat(many) + "__typename" + " }".repeat(many) + " }",
                "{ " + "a { ".repeat(many) + "a" + " }".repeat(many) + " }",
                "{ getVendor(id: " + "[".repeat(many) + "]".repeat(many) + ") { id } }",
                "mutation { evictCache(input: {field: \"Query.getVendor\", arguments: " + "[".repeat(many)
                        + "]".repeat(many) + "}) { evicted } }",
                "query(" + "$a: " + "[".repeat(many) + "Int" + "]".repeat(many) + ") { __typename }",
                "{ " + "__typename ".repeat(many) + "}",
                "{ __typename " + "@skip(if: false) ".repeat(Math.min(many, 200)) + "}",
                "{ __typename" + many + ": __typename # ".repeat(1) + "\n}");
    }
}
