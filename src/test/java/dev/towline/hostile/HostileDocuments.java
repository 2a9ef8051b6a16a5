package dev.towline.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** GraphQL documents that ask for too much, or in too many words. */
final class HostileDocuments {

    private static final String INVALID = "422 BAD_INPUT";
    private static final String TOKENS = tooComplex("tokens");
    private static final String SYNTAX_DEPTH = tooComplex("syntaxDepth");
    private static final String BODY = "413 BAD_INPUT, bodyBytes";
    private static final String CHARACTERS = tooComplex("documentCharacters");
    private static final int MOST_BODY_BYTES = 1 << 20;
    private static final int MOST_CHARACTERS = 20_000;

    private static final String PAGE =
            "listTrackingSessions(first: 100) { edges { node { id trail(first: 100) { edges { node { latitude } } } }"
                    + " } }";

    private final List<HostileInput> inputs = new ArrayList<>();

    static List<HostileInput> all() {
        var documents = new HostileDocuments();
        documents.deep();
        documents.wide();
        documents.fragments();
        documents.long_();
        documents.expensive();
        return documents.inputs;
    }

    private void deep() {
        each(
                "nested lists in an argument",
                SYNTAX_DEPTH,
                n -> "{ getVendors(ids: " + "[".repeat(n) + "]".repeat(n) + ") { id } }",
                100,
                1_000,
                10_000,
                100_000);
        each(
                "nested objects in an argument",
                SYNTAX_DEPTH,
                n -> "{ searchVendorsNearby(near: " + "{a:".repeat(n) + "1" + "}".repeat(n)
                        + ", radiusMiles: 1) { edges { cursor } } }",
                100,
                1_000,
                10_000,
                100_000);
        IntFunction<String> nested = n -> "{ listIncidents " + "{ edges ".repeat(n) + "}".repeat(n) + " }";
        each("nested selections", tooComplex("depth"), nested, 20);
        each("nested selections", SYNTAX_DEPTH, nested, 100, 1_000, 10_000, 100_000);
        each(
                "nested inline fragments",
                SYNTAX_DEPTH,
                n -> "{" + "... {".repeat(n) + "__typename" + "}".repeat(n) + "}",
                100,
                1_000,
                10_000);
        IntFunction<String> types = n -> "query($v: " + "[".repeat(n) + "Int" + "]".repeat(n) + ") { __typename }";
        each("nested types of variables", SYNTAX_DEPTH, types, 100);
        each("nested types of variables", TOKENS, types, 1_000, 10_000);
        IntFunction<String> introspection =
                n -> "{ __schema { types { " + "fields { type { ".repeat(n) + "name" + " } }".repeat(n) + " } } }";
        each("introspection, nested", INVALID, introspection, 3);
        each("introspection, nested", tooComplex("depth"), introspection, 10);
        each("introspection, nested", SYNTAX_DEPTH, introspection, 100);
        each("unclosed brackets", "400 BAD_INPUT", "{"::repeat, 10, 1_000, 100_000);
    }

    private void wide() {
        each("aliases", TOKENS, n -> "{" + times(n, i -> "a" + i + ": __typename ") + "}", 1_000, 10_000, 60_000);
        each(
                "aliased lookups",
                TOKENS,
                n -> "{" + times(n, i -> "a%d: getVendor(id: \"%d\") { name } ".formatted(i, i)) + "}",
                300,
                1_000,
                10_000);
        each("repeated fields", TOKENS, n -> "{" + "__typename ".repeat(n) + "}", 1_000, 10_000, 80_000);
        each(
                "repeated fields with arguments",
                TOKENS,
                n -> "{" + "getVendor(id: \"1\") { name } ".repeat(n) + "}",
                300,
                1_000,
                10_000);
        IntFunction<String> directives = n -> "{ __typename " + "@include(if: true) ".repeat(n) + "}";
        each("directives", INVALID, directives, 30);
        each("directives", TOKENS, directives, 1_000, 10_000);
        IntFunction<String> unknownDirectives = n -> "{ __typename " + "@x ".repeat(n) + "}";
        each("unknown directives", INVALID, unknownDirectives, 10);
        each("unknown directives", TOKENS, unknownDirectives, 1_000, 10_000);
        each(
                "variables that are declared",
                TOKENS,
                n -> "query(" + times(n, i -> "$v" + i + ": Int ") + ") { __typename }",
                300,
                1_000,
                10_000);
        each("operations", TOKENS, n -> times(n, i -> "query Q" + i + " { __typename } "), 300, 1_000, 10_000);
        IntFunction<String> arguments = n -> "{ getVendor(" + times(n, i -> "a" + i + ": 1 ") + ") { id } }";
        each("arguments", INVALID, arguments, 10);
        each("arguments", TOKENS, arguments, 1_000, 10_000);
        IntFunction<String> unknownFields = n -> "{" + times(n, i -> "f" + i + " ") + "}";
        each("unknown fields", INVALID, unknownFields, 10);
        each("unknown fields", TOKENS, unknownFields, 1_000, 10_000);
    }

    private void fragments() {
        IntFunction<String> byTwo = n -> bomb(n, 2);
        each("fragment bombs of two spreads", tooComplex("fields"), byTwo, 10, 20, 30);
        each("fragment bombs of two spreads", tooComplex("fragments"), byTwo, 60);
        IntFunction<String> byTen = n -> bomb(n, 10);
        each("fragment bombs of ten spreads", tooComplex("aliases"), byTen, 3);
        each("fragment bombs of ten spreads", tooComplex("fields"), byTen, 6, 12);
        each(
                "fragment cycles",
                INVALID,
                n -> "{ ...F0 }" + times(n, i -> "fragment F%d on Query { ...F%d } ".formatted(i, (i + 1) % n)),
                1,
                2,
                3,
                50,
                1_000);
        IntFunction<String> unused =
                n -> "{ __typename }" + times(n, i -> "fragment F" + i + " on Query { __typename } ");
        each("unused fragments", INVALID, unused, 1);
        each("unused fragments", tooComplex("fragments"), unused, 100, 1_000, 10_000);
        each(
                "fragments of one name",
                INVALID,
                n -> "{ ...F }" + "fragment F on Query { __typename } ".repeat(n),
                2,
                1_000);
        IntFunction<String> unknownFragments = n -> "{" + times(n, i -> "...U" + i + " ") + "}";
        each("spreads of unknown fragments", INVALID, unknownFragments, 1);
        each("spreads of unknown fragments", TOKENS, unknownFragments, 1_000);
    }

    private void long_() {
        each("comments", CHARACTERS, n -> "{ __typename #" + "x".repeat(n) + "\n}", 100_000, 1_100_000);
        each("blank characters", CHARACTERS, n -> "{" + " ".repeat(n) + "__typename }", 100_000, 900_000, 1_100_000);
        each("commas", CHARACTERS, n -> "{" + ",".repeat(n) + "__typename }", 100_000, 900_000);
        each("long names", INVALID, n -> "{ " + "a".repeat(n) + " }", 10_000, 900_000);
        each("long strings", CHARACTERS, n -> "{ getVendor(id: \"" + "a".repeat(n) + "\") { id } }", 900_000);
        each(
                "long numbers",
                INVALID,
                n -> "{ listIncidents(first: " + "9".repeat(n) + ") { edges { cursor } } }",
                100,
                100_000);
    }

    private void expensive() {
        IntFunction<String> pages = n -> "{" + times(n, i -> "p%d: %s ".formatted(i, PAGE)) + "}";
        each("aliased pages", tooComplex("cost"), pages, 2, 10);
        each("aliased pages", TOKENS, pages, 100);
        each(
                "wide searches",
                TOKENS,
                n -> "{"
                        + times(
                                n,
                                i ->
                                        "s%d: searchVendorsNearby(near: {latitude: 30.%d, longitude: -97}, radiusMiles: 1000, first: 100) { edges { node { id name } } } "
                                                .formatted(i, i))
                        + "}",
                100);
        each(
                "mutations in one request",
                tooComplex("breadth"),
                n -> "mutation {"
                        + times(n, i -> "m%d: revokeShareLink(input: {shareLinkId: \"x%d\"}) { id } ".formatted(i, i))
                        + "}",
                60,
                1_000);
    }

    private static String tooComplex(String limit) {
        return "422 TOO_COMPLEX, " + limit;
    }

    private static String bomb(int levels, int spreads) {
        return "{ ...F0 }"
                + times(
                        levels,
                        i -> "fragment F%d on Query { %s } ".formatted(i, ("...F" + (i + 1) + " ").repeat(spreads)))
                + "fragment F" + levels + " on Query { a: __typename }";
    }

    private static String times(int number, IntFunction<String> each) {
        return IntStream.range(0, number).mapToObj(each).collect(Collectors.joining());
    }

    /** @param expected the answer to those that are not too long already */
    private void each(String kind, String expected, IntFunction<String> document, int... numbers) {
        for (int number : numbers) {
            String text = document.apply(number);
            byte[] body = Json.request(text).getBytes(UTF_8);
            inputs.add(new HostileInput(
                    kind,
                    "%,d".formatted(number),
                    body.length > MOST_BODY_BYTES ? BODY : text.length() > MOST_CHARACTERS ? CHARACTERS : expected,
                    port -> Wire.exchange(port, Wire.post("", body))));
        }
    }
}
