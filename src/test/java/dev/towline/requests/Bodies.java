package dev.towline.requests;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts what is asked for into a body or a URL: rightly, or where oddities are wanted nearly so. */
final class Bodies {

    private static final int ODD_PERCENT = 20;

    private final Chance chance;
    private final boolean odd;

    Bodies(Chance chance, boolean odd) {
        this.chance = chance;
        this.odd = odd;
    }

    /** A body of JSON. */
    byte[] json(Asked asked) {
        String right = object(asked, Quoted.text(asked.document()));
        if (!odd || !chance.percent(ODD_PERCENT)) {
            return right.getBytes(StandardCharsets.UTF_8);
        }
        return switch (chance.below(5)) {
            case 0 -> right.substring(0, chance.below(right.length())).getBytes(StandardCharsets.UTF_8);
            case 1 -> overlong(right);
            case 2 -> Quoted.text(chance.of("no query", right)).getBytes(StandardCharsets.UTF_8);
            case 3 ->
                object(
                                new Asked(
                                        asked.document(),
                                        chance.of(
                                                "[]",
                                                "\"{}\"",
                                                "1",
                                                "null",
                                                "false",
                                                "{\"a\": NaN}",
                                                "{\"\": {}}",
                                                "[".repeat(3000)),
                                        chance.of("1", "[]", "{}", "\"\"", "null"),
                                        chance.of("[]", "\"\"", "1", "null", PERSISTED)),
                                Quoted.text(asked.document()))
                        .getBytes(StandardCharsets.UTF_8);
            default ->
                chance.of(
                                "[" + right + "]",
                                "[" + right + ", " + right + "]",
                                right + right,
                                "\ufeff" + right,
                                right.replaceFirst("\\{", "{\"more\": [1], \"id\": \"1\", "),
                                right.replaceFirst("\\{", "{\"query\": \"{ __typename }\", "),
                                right.replaceFirst("\\{", "{'x': 1, "),
                                right.replace("}", ",}"),
                                object(asked, chance.of("1", "null", "[]", "{}", "\"\"", "\" \"")),
                                "{\"extensions\": " + PERSISTED + "}",
                                "{\"query\": \"" + asked.document() + "\"}",
                                "",
                                "null",
                                "{}",
                                "query=%7B__typename%7D")
                        .getBytes(StandardCharsets.UTF_8);
        };
    }

    private static final String PERSISTED = "{\"persistedQuery\": {\"version\": 1, \"sha256Hash\":"
            + " \"ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38\"}}";

    /** The query of a URL. */
    String query(Asked asked) {
        List<String> parameters = new ArrayList<>();
        add(parameters, "query", asked.document());
        add(parameters, "variables", asked.variables());
        String name = asked.operationName();
        add(parameters, "operationName", name == null ? null : name.replace("\"", ""));
        add(parameters, "extensions", asked.extensions());
        if (odd && chance.percent(ODD_PERCENT)) {
            switch (chance.below(6)) {
                case 0 -> parameters.add(chance.of(parameters));
                case 1 ->
                    parameters.add(chance.of("x=1", "query=", "variables=", "=", "&&", "query=%F0%9F", "%00=%00"));
                case 2 ->
                    parameters.addFirst(chance.of(
                            "variables=[]", "variables=%7B", "variables=1", "extensions=null", "operationName="));
                case 3 -> parameters.removeFirst();
                case 4 -> parameters.set(0, "query=" + "%20".repeat(chance.of(100, 10_000)) + "%7B__typename%7D");
                default -> parameters.add("extensions=" + encoded(PERSISTED));
            }
        }
        return String.join("&", parameters);
    }

    private static String object(Asked asked, String query) {
        List<String> fields = new ArrayList<>(List.of("\"query\": " + query));
        field(fields, "variables", asked.variables());
        field(fields, "operationName", asked.operationName());
        field(fields, "extensions", asked.extensions());
        return "{" + String.join(", ", fields) + "}";
    }

    private static void field(List<String> fields, String name, @Nullable String json) {
        if (json != null) {
            fields.add("\"" + name + "\": " + json);
        }
    }

    private static void add(List<String> parameters, String name, @Nullable String text) {
        if (text != null) {
            parameters.add(name + "=" + encoded(text));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** With one letter in two bytes where UTF-8 has one. */
    private static byte[] overlong(String text) {
        int place = Math.max(0, text.indexOf('a'));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text.substring(0, place).getBytes(StandardCharsets.UTF_8));
        bytes.write(0xC0 | (text.charAt(place) >> 6));
        bytes.write(0x80 | (text.charAt(place) & 0x3F));
        bytes.writeBytes(text.substring(place + 1).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
