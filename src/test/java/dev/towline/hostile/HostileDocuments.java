package dev.towline.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** GraphQL documents that ask for too much, or in too many words. */
final class HostileDocuments {

    /** A limit was passed, or the document is not valid; it was not executed. */
    private static final String REFUSED = "(400|413|422) (BAD_INPUT|TOO_COMPLEX)";

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
                n -> "{ getVendors(ids: " + "[".repeat(n) + "]".repeat(n) + ") { id } }",
                100,
                1_000,
                10_000,
                100_000);
        each(
                "nested objects in an argument",
                n -> "{ searchVendorsNearby(near: " + "{a:".repeat(n) + "1" + "}".repeat(n)
                        + ", radiusMiles: 1) { edges { cursor } } }",
                100,
                1_000,
                10_000,
                100_000);
        each(
                "nested selections",
                n -> "{ listIncidents " + "{ edges ".repeat(n) + "}".repeat(n) + " }",
                20,
                100,
                1_000,
                10_000,
                100_000);
        each(
                "nested inline fragments",
                n -> "{" + "... {".repeat(n) + "__typename" + "}".repeat(n) + "}",
                100,
                1_000,
                10_000);
        each(
                "nested types of variables",
                n -> "query($v: " + "[".repeat(n) + "Int" + "]".repeat(n) + ") { __typename }",
                100,
                1_000,
                10_000);
        each(
                "introspection, nested",
                n -> "{ __schema { types { " + "fields { type { ".repeat(n) + "name" + " } }".repeat(n) + " } } }",
                3,
                10,
                100);
        each("unclosed brackets", "{"::repeat, 10, 1_000, 100_000);
    }

    private void wide() {
        each("aliases", n -> "{" + times(n, i -> "a" + i + ": __typename ") + "}", 1_000, 10_000, 60_000);
        each(
                "aliased lookups",
                n -> "{" + times(n, i -> "a%d: getVendor(id: \"%d\") { name } ".formatted(i, i)) + "}",
                300,
                1_000,
                10_000);
        each("repeated fields", n -> "{" + "__typename ".repeat(n) + "}", 1_000, 10_000, 80_000);
        each(
                "repeated fields with arguments",
                n -> "{" + "getVendor(id: \"1\") { name } ".repeat(n) + "}",
                300,
                1_000,
                10_000);
        each("directives", n -> "{ __typename " + "@include(if: true) ".repeat(n) + "}", 30, 1_000, 10_000);
        each("unknown directives", n -> "{ __typename " + "@x ".repeat(n) + "}", 10, 1_000, 10_000);
        each(
                "variables that are declared",
                n -> "query(" + times(n, i -> "$v" + i + ": Int ") + ") { __typename }",
                300,
                1_000,
                10_000);
        each("operations", n -> times(n, i -> "query Q" + i + " { __typename } "), 300, 1_000, 10_000);
        each("arguments", n -> "{ getVendor(" + times(n, i -> "a" + i + ": 1 ") + ") { id } }", 10, 1_000, 10_000);
        each("unknown fields", n -> "{" + times(n, i -> "f" + i + " ") + "}", 10, 1_000, 10_000);
    }

    private void fragments() {
        each("fragment bombs of two spreads", n -> bomb(n, 2), 10, 20, 30, 60);
        each("fragment bombs of ten spreads", n -> bomb(n, 10), 3, 6, 12);
        each(
                "fragment cycles",
                n -> "{ ...F0 }" + times(n, i -> "fragment F%d on Query { ...F%d } ".formatted(i, (i + 1) % n)),
                1,
                2,
                3,
                50,
                1_000);
        each(
                "unused fragments",
                n -> "{ __typename }" + times(n, i -> "fragment F" + i + " on Query { __typename } "),
                1,
                100,
                1_000,
                10_000);
        each("fragments of one name", n -> "{ ...F }" + "fragment F on Query { __typename } ".repeat(n), 2, 1_000);
        each("spreads of unknown fragments", n -> "{" + times(n, i -> "...U" + i + " ") + "}", 1, 1_000);
    }

    private void long_() {
        each("comments", n -> "{ __typename #" + "x".repeat(n) + "\n}", 100_000, 1_100_000);
        each("blank characters", n -> "{" + " ".repeat(n) + "__typename }", 100_000, 900_000, 1_100_000);
        each("commas", n -> "{" + ",".repeat(n) + "__typename }", 100_000, 900_000);
        each("long names", n -> "{ " + "a".repeat(n) + " }", 10_000, 900_000);
        each("long strings", n -> "{ getVendor(id: \"" + "a".repeat(n) + "\") { id } }", 900_000);
        each("long numbers", n -> "{ listIncidents(first: " + "9".repeat(n) + ") { edges { cursor } } }", 100, 100_000);
    }

    private void expensive() {
        each("aliased pages", n -> "{" + times(n, i -> "p%d: %s ".formatted(i, PAGE)) + "}", 2, 10, 100);
        each(
                "wide searches",
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
                n -> "mutation {"
                        + times(n, i -> "m%d: revokeShareLink(input: {shareLinkId: \"x%d\"}) { id } ".formatted(i, i))
                        + "}",
                60,
                1_000);
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

    private void each(String kind, IntFunction<String> document, int... numbers) {
        for (int number : numbers) {
            String name = "%,d".formatted(number);
            inputs.add(new HostileInput(
                    kind,
                    name,
                    REFUSED,
                    port -> Wire.exchange(
                            port,
                            Wire.post("", Json.request(document.apply(number)).getBytes(UTF_8)))));
        }
    }
}
