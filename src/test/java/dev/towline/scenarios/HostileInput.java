package dev.towline.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A request that asks for too much, or for just as much as is allowed.
 *
 * @param kind the class of inputs to which it belongs
 * @param name what it has, in words
 * @param code the code of the answer, {@code OK} if it is executed. A request that is allowed may be refused for another reason
 * @param limit the name of the limit in the answer, null if it names none
 * @param allowed the allowed value in the answer
 */
record HostileInput(
        String kind,
        String name,
        String document,
        Map<String, ?> variables,
        String code,
        @Nullable String limit,
        long allowed) {

    static final String OK = "OK";
    static final String TOO_COMPLEX = "TOO_COMPLEX";

    private static final String NESTED = "query($n: Int, $m: Int) { listTrackingSessions(first: $n) { edges { node {"
            + " trail(first: $m) { edges { node { latitude } } } } } } }";

    /** A mutation that changes nothing, because a URL cannot have so many variables. */
    private static final String HARMLESS = "mutation { cancelIncident(input: {incidentId: \"none\"}) { id } }";

    @Override
    public String toString() {
        return kind + ": " + name;
    }

    /** All inputs: for each limit, the greatest allowed request and a greater one, and what else was tried. */
    static List<HostileInput> all() {
        List<HostileInput> all = new ArrayList<>();
        pair(all, "document size", "documentCharacters", 20_000, n -> pad("query { __typename }", n));
        pair(
                all,
                "tokens",
                "tokens",
                1000,
                n -> "query { listIncidents(filter: {statuses: [" + "REPORTED ".repeat(n - 17)
                        + "]}) { __typename } }");
        pair(all, "depth", "depth", 15, HostileInput::deep);
        pair(
                all,
                "breadth",
                "breadth",
                50,
                n -> "query {" + " ...F".repeat(n) + " } fragment F on Query { __typename }");
        pair(all, "fields", "fields", 1000, HostileInput::wide);
        pair(all, "aliases", "aliases", 30, n -> "query {" + numbered(n, " a%d: __typename") + " }");
        pair(all, "repeated fields", "repeatedFields", 20, n -> "query {" + " __typename".repeat(n + 1) + " }");
        pair(
                all,
                "directives",
                "directives",
                50,
                n -> "query {"
                        + " ...F @skip(if: false) @include(if: true)".repeat(n / 2)
                        + " __typename @skip(if: false)".repeat(n % 2)
                        + " } fragment F on Query { __typename }");
        pair(
                all,
                "repeated fields in inline fragments",
                "repeatedFields",
                20,
                n -> "query {" + " ... { __typename }".repeat(n + 1) + " }");
        pair(all, "fragments", "fragments", 50, HostileInput::chain);
        pair(
                all,
                "cost",
                "cost",
                5000,
                n -> "query { listTrackingSessions(first: 45) { edges { node {"
                        + " trail(first: 52) { edges { node { latitude } } } } } }"
                        + (n > 5000 ? " getVendor(id: 1) { id }" : "") + " }");
        all.add(new HostileInput("cost", "5,000 by variables", NESTED, Map.of("n", 45, "m", 52), OK, null, 0));
        all.add(refused("cost", "5,090 by variables", NESTED, Map.of("n", 45, "m", 53), "cost", 5000));
        all.add(refused("cost", "variables absent, so defaults count", NESTED, Map.of("n", 100), "cost", 5000));
        all.add(refused(
                "cost",
                "30 aliased pages",
                "query {" + numbered(30, " p%d: listIncidents(first: 100) { edges" + " { node { id } } }") + " }",
                Map.of(),
                "cost",
                5000));
        all.add(refused(
                "aliases",
                "100 aliased pages",
                "query {" + numbered(100, " p%d: listIncidents { __typename }") + " }",
                Map.of(),
                "breadth",
                50));
        all.add(refused(
                "aliases",
                "aliases in a fragment that is spread 4 times",
                "query { ...F ...F ...F ...F }" + " fragment F on Query {" + numbered(10, " a%d: __typename") + " }",
                Map.of(),
                "aliases",
                30));
        all.add(refused("fragments", "spread bomb", bomb(17), Map.of(), "fields", 1000));
        all.add(new HostileInput(
                "fragments",
                "cycle",
                "query { ...F } fragment F on Query { __typename ...F }",
                Map.of(),
                "BAD_INPUT",
                null,
                0));
        all.add(refused(
                "syntax",
                "500 lists in each other",
                "query { getVendors(ids: " + "[".repeat(450) + "]".repeat(450) + ") { id } }",
                Map.of(),
                "syntaxDepth",
                200));
        all.add(allowed("variables", "262,144 bytes", HARMLESS, Map.of("a", "x".repeat(262_143))));
        all.add(refused(
                "variables", "262,145 bytes", HARMLESS, Map.of("a", "x".repeat(262_144)), "variableBytes", 262_144));
        all.add(allowed("variables", "10 levels", HARMLESS, Map.of("a", nested(10))));
        all.add(refused("variables", "11 levels", HARMLESS, Map.of("a", nested(11)), "variableDepth", 10));
        return all;
    }

    private interface Generated {

        String with(int count);
    }

    private static void pair(List<HostileInput> all, String kind, String limit, int allowed, Generated document) {
        all.add(allowed(kind, allowed + " " + limit, document.with(allowed), Map.of()));
        all.add(refused(kind, (allowed + 1) + " " + limit, document.with(allowed + 1), Map.of(), limit, allowed));
    }

    private static HostileInput allowed(String kind, String name, String document, Map<String, ?> variables) {
        return new HostileInput(kind, name, document, variables, OK, null, 0);
    }

    private static HostileInput refused(
            String kind, String name, String document, Map<String, ?> variables, String limit, long allowed) {
        return new HostileInput(kind, name, document, variables, TOO_COMPLEX, limit, allowed);
    }

    private static String pad(String document, int characters) {
        return document + " ".repeat(characters - document.length());
    }

    private static String numbered(int count, String text) {
        return IntStream.range(0, count).mapToObj(text::formatted).collect(Collectors.joining());
    }

    /** An incident, its session, the incident of that, and so on. */
    private static String deep(int levels) {
        StringBuilder document = new StringBuilder("query { getIncident(id: 1) { ");
        for (int i = 1; i < levels - 1; i++) {
            document.append(i % 2 == 1 ? "activeSession { " : "incident { ");
        }
        return document.append("id ").append("} ".repeat(levels)).toString();
    }

    /** One field, a fragment of nine fields in several places, and as many others as are missing. */
    private static String wide(int fields) {
        int spreads = (fields - 1) / 9;
        String more = " ... { id }".repeat((fields - 1) % 9);
        return "query { getTrackingSession(id: 1) {" + " ... { ...F ...F ...F }".repeat(spreads / 3)
                + " ...F".repeat(spreads % 3) + more
                + " } } fragment F on TrackingSession { id status startedAt endedAt updatedAt sequence version eta {"
                + " durationSeconds } }";
    }

    private static String chain(int fragments) {
        return "query { ...F0 }"
                + IntStream.range(0, fragments)
                        .mapToObj(i -> " fragment F%d on Query { %s }"
                                .formatted(i, i == fragments - 1 ? "__typename" : "...F" + (i + 1)))
                        .collect(Collectors.joining());
    }

    private static String bomb(int levels) {
        return "query { ...F" + levels + " } fragment F0 on Query { __typename }"
                + IntStream.rangeClosed(1, levels)
                        .mapToObj(i -> " fragment F%1$d on Query { ...F%2$d ... { ...F%2$d } }".formatted(i, i - 1))
                        .collect(Collectors.joining());
    }

    private static Object nested(int levels) {
        return levels == 0 ? "x" : List.of(nested(levels - 1));
    }
}
