package dev.towline.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Bodies of requests that are not JSON, not UTF-8, too long, or too deep, and variables that fit nothing. */
final class HostileBodies {

    /** The body or the document cannot be parsed. */
    private static final String NOT_PARSED = "400 BAD_INPUT";

    /** The request is not well formed, the document does not validate, or the variables do not fit. */
    private static final String NOT_VALID = "422 BAD_INPUT";

    /** The resolver has looked at the value; nothing else happened. */
    private static final String REFUSED_VALUE = "294 BAD_INPUT";

    private static final String EXECUTED = "200 data";
    private static final String TOO_LONG = "413 BAD_INPUT, bodyBytes";
    private static final String NOT_READ = "415 BAD_INPUT";
    private static final String QUERY = "{\"query\":\"{ __typename }\"}";
    private static final int MEGABYTE = 1_000_000;

    private final List<HostileInput> inputs = new ArrayList<>();

    static List<HostileInput> all() {
        var bodies = new HostileBodies();
        bodies.notUtf8();
        bodies.notJson();
        bodies.variables();
        bodies.long_();
        bodies.compressed();
        bodies.typed();
        return bodies.inputs;
    }

    private void notUtf8() {
        String kind = "invalid UTF-8";
        Map.of(
                        "a lone continuation byte", "\u0080",
                        "an overlong slash", "\u00c0\u00af",
                        "a surrogate", "\u00ed\u00a0\u0080",
                        "beyond Unicode", "\u00f4\u0090\u0080\u0080",
                        "a sequence that is cut off", "\u00e2\u0082",
                        "a byte that is never in UTF-8", "\u00ff")
                .forEach((name, bytes) -> {
                    body(
                            kind,
                            name + " in a document",
                            NOT_PARSED,
                            ("{\"query\":\"{ a" + bytes + " }\"}").getBytes(ISO_8859_1));
                    body(
                            kind,
                            name + " in a variable",
                            NOT_PARSED,
                            ("{\"query\":\"query($v: ID!) { getVendor(id: $v) { id } }\",\"variables\":{\"v\":\""
                                            + bytes + "\"}}")
                                    .getBytes(ISO_8859_1));
                });
        body(kind, "UTF-16", NOT_PARSED, QUERY.getBytes(UTF_16));
        body(kind, "null characters", NOT_PARSED, new byte[1_000]);
        body(
                kind,
                "an escaped half of a surrogate pair",
                NOT_PARSED,
                "{\"query\":\"{ getVendor(id: \\\"\\ud800\\\") { id } }\"}".getBytes(UTF_8));
    }

    private void notJson() {
        malformed(
                NOT_PARSED,
                "",
                " ",
                "{",
                "nul",
                "{'query':'{ __typename }'}",
                "{\"query\":}",
                QUERY + "x",
                QUERY + QUERY,
                "{\"query\":\"{\n}\"}",
                "/* */" + QUERY,
                "{\"query\":\"\"}");
        malformed(
                NOT_VALID,
                "\"{ __typename }\"",
                "17",
                "true",
                "null",
                "{\"query\":7}",
                "{\"query\":null}",
                "{\"query\":[]}",
                "{\"query\":\"{ __typename }\",\"query\":\"{ x }\"}",
                "{\"query\":\"{ __typename }\",\"variables\":7}",
                "{\"query\":\"{ __typename }\",\"extensions\":[]}",
                "{\"query\":\"{ __typename }\",\"operationName\":{}}");
        for (int n : new int[] {100, 1_000, 100_000, 900_000}) {
            body("deep JSON", n + " arrays", NOT_PARSED, "[".repeat(n).getBytes(UTF_8));
            if (n < 200_000) {
                body(
                        "deep JSON",
                        n + " objects in variables",
                        n == 100 ? "422 TOO_COMPLEX, variableDepth" : NOT_PARSED,
                        ("{\"query\":\"{ __typename }\",\"variables\":" + "{\"a\":".repeat(n) + "1" + "}".repeat(n)
                                        + "}")
                                .getBytes(UTF_8));
                body(
                        "deep JSON",
                        n + " arrays in extensions",
                        n == 100 ? EXECUTED : NOT_PARSED,
                        ("{\"query\":\"{ __typename }\",\"extensions\":{\"a\":" + "[".repeat(n) + "]".repeat(n) + "}}")
                                .getBytes(UTF_8));
            }
        }
        for (int n : new int[] {0, 1, 10, 10_000}) {
            body(
                    "batches",
                    n + " requests",
                    NOT_VALID + ", batch",
                    ("[" + String.join(",", Collections.nCopies(n, QUERY)) + "]").getBytes(UTF_8));
        }
    }

    private void variables() {
        String ids = "query($v: [ID!]!) { getVendors(ids: $v) { id } }";
        for (int n : new int[] {1_000, 20_000, 200_000}) {
            body(
                    "long lists in variables",
                    n + " ids",
                    n == 1_000 ? REFUSED_VALUE : "422 TOO_COMPLEX, cost",
                    Json.request(ids, Map.of("v", Collections.nCopies(n, "1"))).getBytes(UTF_8));
        }
        numbers(REFUSED_VALUE, "-1", "0", "101");
        numbers(
                NOT_VALID,
                "2147483648",
                "-2147483649",
                "1e309",
                "-1e309",
                "1.5",
                "\"1\"",
                "[[1]]",
                "{}",
                "true",
                "9".repeat(1_000),
                "1e" + "9".repeat(900));
        numbers(NOT_PARSED, "9".repeat(900_000), "NaN", "0x10", "01", "1.", "+1");
        positions(REFUSED_VALUE, "1e308", "-90.0001", "91");
        positions(NOT_VALID, "\"NaN\"");
        // the nearest number that a Float has is 0
        positions(EXECUTED, "1e-400000");
        String cursor = "query($v: String) { listIncidents(after: $v) { edges { cursor } } }";
        for (String each : List.of(
                "",
                "x",
                "..",
                "\u0000",
                "\r\nX: y",
                "A".repeat(100_000),
                "AAAA".repeat(10),
                "{}",
                "' OR 1=1 --",
                "💥")) {
            body(
                    "cursors that are none",
                    each.length() > 20 ? each.length() + " characters" : Json.text(each),
                    REFUSED_VALUE,
                    Json.request(cursor, Map.of("v", each)).getBytes(UTF_8));
        }
        ids(REFUSED_VALUE, "", "a".repeat(100_000));
        // there is no such vendor
        ids(
                EXECUTED,
                "' OR '1'='1",
                "\u0000",
                "../../etc/passwd",
                "${jndi:ldap://x}",
                "{{7*7}}",
                "\r\nINFO forged",
                "*",
                "vendor:*",
                "return redis.call('FLUSHALL')",
                "\u202e",
                "💥".repeat(100));
        // the log names an argument that is wrong
        body(
                "names that forge a line of the log",
                "of an argument",
                NOT_VALID,
                Json.request(
                                "mutation($v: CreateIncidentInput!) { createIncident(input: $v) { id } }",
                                Map.of("v", Map.of("\r\nINFO forged", 1)))
                        .getBytes(UTF_8));
    }

    private void long_() {
        String head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        for (String length : List.of("1048577", "2000000", "100000000", "9223372036854775807")) {
            input(
                    "long bodies",
                    "Content-Length: " + length,
                    TOO_LONG,
                    port -> Wire.exchange(port, head + "Content-Length: " + length + "\r\n\r\n{"));
        }
        input(
                "long bodies",
                "2 MB",
                TOO_LONG,
                port -> Wire.exchange(
                        port, Wire.post("", ("{\"query\":\"" + " ".repeat(2 * MEGABYTE) + "\"}").getBytes(UTF_8))));
        input("long bodies", "100 MB of variables in chunks", TOO_LONG, port -> {
            try (Wire wire = new Wire(port)) {
                wire.send(head + "Transfer-Encoding: chunked\r\n\r\n");
                chunk(wire, "{\"query\":\"{ __typename }\",\"variables\":{\"v\":\"");
                String megabyte = "x".repeat(MEGABYTE);
                for (int i = 0; i < 100; i++) {
                    if (!chunk(wire, megabyte)) {
                        break;
                    }
                }
                return wire.answer();
            }
        });
        input("long bodies", "200,000 chunks of one byte", NOT_PARSED, port -> {
            try (Wire wire = new Wire(port)) {
                wire.send(head + "Transfer-Encoding: chunked\r\n\r\n" + "1\r\n[\r\n".repeat(200_000) + "0\r\n\r\n");
                return wire.answer();
            }
        });
    }

    private void compressed() {
        for (String coding :
                List.of("gzip", "x-gzip", "deflate", "br", "zstd", "gzip, gzip", "identity, gzip", "nonsense")) {
            byte[] body = coding.contains("gzip") ? gzipped(" ".repeat(5 * MEGABYTE)) : new byte[1_000];
            input(
                    "compressed bodies",
                    coding,
                    NOT_READ,
                    port -> Wire.exchange(port, Wire.post("Content-Encoding: " + coding + "\r\n", body)));
        }
    }

    private void typed() {
        for (String type : List.of(
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "multipart/form-data",
                "text/plain",
                "application/graphql",
                "application/xml",
                "application/json; charset=utf-7",
                "application/json; charset=\"",
                "application/*",
                "*/*",
                "",
                "json",
                "application/json, text/plain")) {
            input(
                    "content types",
                    type.length() > 60 ? type.length() + " characters" : type,
                    NOT_READ,
                    port -> Wire.exchange(
                            port,
                            Wire.request(
                                    "POST /graphql HTTP/1.1",
                                    "Content-Type: " + type + "\r\n",
                                    QUERY.getBytes(UTF_8))));
        }
        input(
                "content types",
                "none",
                NOT_READ,
                port -> Wire.exchange(port, Wire.request("POST /graphql HTTP/1.1", "", QUERY.getBytes(UTF_8))));
        input(
                "content types",
                "two",
                NOT_READ,
                port -> Wire.exchange(port, Wire.post("Content-Type: text/plain\r\n", QUERY.getBytes(UTF_8))));
    }

    private void malformed(String expected, String... texts) {
        for (String each : texts) {
            String name = each.isBlank() ? "blank " + each.length() : each.replace('\n', ' ');
            body("malformed JSON", name, expected, each.getBytes(UTF_8));
        }
    }

    private void numbers(String expected, String... values) {
        String first = "query($v: Int) { listIncidents(first: $v) { edges { cursor } } }";
        for (String each : values) {
            String name = each.length() > 20 ? each.substring(0, 8) + "…" + each.length() : each;
            body("numbers that are none", name, expected, withVariable(first, each));
        }
    }

    private void positions(String expected, String... latitudes) {
        String near =
                "query($v: Float!) { searchVendorsNearby(near: {latitude: $v, longitude: 0}, radiusMiles: 1) { edges {"
                        + " cursor } } }";
        for (String each : latitudes) {
            body("positions that are none", each, expected, withVariable(near, each));
        }
    }

    private void ids(String expected, String... ids) {
        String id = "query($v: ID!) { getVendor(id: $v) { id } }";
        for (String each : ids) {
            body(
                    "ids that reach for something else",
                    each.length() > 40 ? each.length() + " characters" : Json.text(each),
                    expected,
                    withVariable(id, Json.text(each)));
        }
    }

    private static byte[] withVariable(String document, String json) {
        return "{\"query\":\"%s\",\"variables\":{\"v\":%s}}"
                .formatted(document, json)
                .getBytes(UTF_8);
    }

    private static boolean chunk(Wire wire, String text) {
        return wire.send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static byte[] gzipped(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private void body(String kind, String name, String expected, byte[] body) {
        input(kind, name, expected, port -> Wire.exchange(port, Wire.post("", body)));
    }

    private void input(String kind, String name, String expected, HostileInput.Attack attack) {
        inputs.add(new HostileInput(kind, name, expected, attack));
    }
}
