package dev.towline.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Requests that HTTP does not know, that mean two things at once, that are slow, or that come from a foreign page. */
final class HostileHttp {

    /** Goes last, because the service refuses other long bodies meanwhile. */
    static final String FULL = "bodies that fill the service";

    private static final String BAD = "400 BAD_INPUT";
    private static final String NO_PATH = "404 BAD_INPUT";
    private static final String LONG_HEADERS = "431 BAD_INPUT, headerBytes";

    /** There is no answer before the first headers have come. */
    private static final String CUT_OFF = "cut off";

    private static final String QUERY = "{\"query\":\"{ __typename }\"}";
    private static final String HOST = "Host: localhost\r\nConnection: close\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";

    /** Below the shortest time-out of a test run, so that it means that the service has given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<HostileInput> inputs = new ArrayList<>();

    static List<HostileInput> all() {
        var http = new HostileHttp();
        http.methods();
        http.ambiguous();
        http.floods();
        http.paths();
        http.gets();
        http.origins();
        http.slow();
        return http.inputs;
    }

    private void methods() {
        for (String method : List.of("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "get", "A".repeat(9_000))) {
            raw(
                    "methods",
                    method.length() > 40 ? method.length() + " characters" : method,
                    "405 BAD_INPUT",
                    method + " /graphql HTTP/1.1\r\n" + HOST + "\r\n");
        }
        raw("methods", "G\u00cbT", BAD, "G\u00cbT /graphql HTTP/1.1\r\n" + HOST + "\r\n");
        raw("methods", "CONNECT", "501 BAD_INPUT", "CONNECT localhost:22 HTTP/1.1\r\n" + HOST + "\r\n");
        raw(
                "methods",
                "GET that says it is POST",
                BAD,
                "GET /graphql HTTP/1.1\r\nX-HTTP-Method-Override: POST\r\n" + HOST + "\r\n");
    }

    private void ambiguous() {
        String kind = "ambiguous requests";
        String post = "POST /graphql HTTP/1.1\r\n" + JSON;
        // RFC 9112, 6.3: the chunks count; what follows must not be taken for a request
        raw(
                kind,
                "length and chunks",
                "200 data",
                post + "Host: localhost\r\n" + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\n" + QUERY
                        + "\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n");
        raw(kind, "two lengths", BAD, post + HOST + "Content-Length: 26\r\nContent-Length: 4\r\n\r\n" + QUERY);
        raw(kind, "a list of lengths", BAD, post + HOST + "Content-Length: 26, 26\r\n\r\n" + QUERY);
        raw(kind, "a negative length", BAD, post + HOST + "Content-Length: -1\r\n\r\n" + QUERY);
        raw(kind, "a length with a sign", BAD, post + HOST + "Content-Length: +26\r\n\r\n" + QUERY);
        raw(kind, "a length in hex", BAD, post + HOST + "Content-Length: 0x1a\r\n\r\n" + QUERY);
        raw(kind, "a length beyond 64 bits", BAD, post + HOST + "Content-Length: 92233720368547758070\r\n\r\n" + QUERY);
        raw(
                kind,
                "chunks twice",
                BAD,
                post + HOST + "Transfer-Encoding: chunked, chunked\r\n\r\n1a\r\n" + QUERY + "\r\n0\r\n\r\n");
        raw(
                kind,
                "an unknown transfer coding",
                "501 BAD_INPUT",
                post + HOST + "Transfer-Encoding: xchunked\r\n\r\n" + QUERY);
        raw(
                kind,
                "a chunk size that is none",
                BAD,
                post + HOST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + QUERY + "\r\n0\r\n\r\n");
        raw(
                kind,
                "a chunk size beyond 64 bits",
                BAD,
                post + HOST + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n" + QUERY);
        raw(
                kind,
                "a long chunk extension",
                BAD,
                post + HOST + "Transfer-Encoding: chunked\r\n\r\n1a;x=" + "y".repeat(100_000) + "\r\n" + QUERY
                        + "\r\n0\r\n\r\n");
        raw(kind, "a space before the colon", BAD, post + HOST + "Content-Length : 26\r\n\r\n" + QUERY);
        raw(kind, "a folded header", "200 data", post + HOST + "X-A: b\r\n c\r\nContent-Length: 26\r\n\r\n" + QUERY);
        raw(
                kind,
                "a null character in a header",
                BAD,
                post + HOST + "X-A: b\u0000c\r\nContent-Length: 26\r\n\r\n" + QUERY);
        raw(kind, "a header without a name", BAD, post + HOST + ": x\r\nContent-Length: 26\r\n\r\n" + QUERY);
        raw(kind, "no host", BAD, post + "Content-Length: 26\r\n\r\n" + QUERY);
        raw(kind, "two hosts", BAD, post + "Host: localhost\r\nHost: other\r\nContent-Length: 26\r\n\r\n" + QUERY);
        raw(kind, "a host that is none", BAD, post + "Host: a b/../c\r\nContent-Length: 26\r\n\r\n" + QUERY);
        // its answers have no status (RFC 1945, 6)
        raw(kind, "HTTP/0.9", "not HTTP", "GET /graphql\r\n\r\n");
        raw(kind, "HTTP/9.9", "505 BAD_INPUT", "GET /graphql HTTP/9.9\r\n" + HOST + "\r\n");
        // to somebody who speaks HTTP/2 no answer of HTTP/1.1 tells anything
        raw(kind, "the preface of HTTP/2", "cut off", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        raw(
                kind,
                "TLS",
                BAD,
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + "x".repeat(500) + "\r\n\r\n");
        raw(kind, "Redis", BAD, "*1\r\n$8\r\nFLUSHALL\r\n\r\n");
    }

    private void floods() {
        raw(
                "header floods",
                "one of 100 kB",
                LONG_HEADERS,
                "GET /graphql HTTP/1.1\r\nX-A: " + "b".repeat(100_000) + "\r\n" + HOST + "\r\n");
        raw(
                "header floods",
                "one of 5 MB",
                LONG_HEADERS,
                "GET /graphql HTTP/1.1\r\nX-A: " + "b".repeat(5_000_000) + "\r\n" + HOST + "\r\n");
        raw(
                "header floods",
                "10,000 of them",
                "431 BAD_INPUT, headers",
                "GET /graphql HTTP/1.1\r\n" + HOST + "X-A: b\r\n".repeat(10_000) + "\r\n");
        raw(
                "header floods",
                "cookies",
                LONG_HEADERS,
                "GET /graphql HTTP/1.1\r\n" + HOST + "Cookie: " + "a=b; ".repeat(30_000) + "\r\n\r\n");
        raw(
                "header floods",
                "a URL of 100 kB",
                "414 BAD_INPUT, headerBytes",
                "GET /graphql?query=" + "a".repeat(100_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
        raw(
                "header floods",
                "10,000 parameters",
                BAD,
                "GET /graphql?" + "a=b&".repeat(10_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
        raw(
                "header floods",
                "an Accept of 3,000 types",
                "406 BAD_INPUT",
                "GET /graphql?query=%7B__typename%7D HTTP/1.1\r\n" + HOST + "Accept: " + "a/b;q=0.1,".repeat(3_000)
                        + "c/d\r\n\r\n");
        raw(
                "header floods",
                "an If-None-Match of 10,000 tags",
                "200 data",
                "GET /graphql?query=%7B__typename%7D HTTP/1.1\r\n" + HOST + "If-None-Match: " + "\"a\",".repeat(10_000)
                        + "\"b\"\r\n\r\n");
    }

    private void paths() {
        paths(
                BAD,
                "/../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/track/..%2f..%2fapplication.yaml",
                "/web/../../application.yaml",
                "/..;/actuator/env",
                "/%00",
                "/graphql%00",
                "/\u00ff",
                "/graphql\\..",
                "*",
                "http://169.254.169.254/latest/meta-data");
        paths(
                NO_PATH,
                "/graphiql/%252e%252e/application.yaml",
                "//actuator/env",
                "/actuator/env",
                "/actuator/heapdump",
                "/ACTUATOR/heapdump",
                "/actuator/../actuator/heapdump",
                "/actuator;x=y/heapdump",
                "/local/token",
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/application.yaml",
                "/graphql/..;/actuator",
                "/a".repeat(5_000));
    }

    private void paths(String expected, String... paths) {
        for (String path : paths) {
            raw(
                    "paths",
                    path.length() > 60 ? path.length() + " characters" : path,
                    expected,
                    "GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n");
        }
    }

    private void gets() {
        String noPost = "405 BAD_INPUT";
        get("a mutation", noPost, "query=" + encoded("mutation { evictCache(input: {all: true}) { evicted } }"));
        get(
                "a mutation beside a query",
                noPost,
                "query="
                        + encoded("query Q { __typename } mutation M { evictCache(input: {all: true}) { evicted } }")
                        + "&operationName=M");
        get("no query", "422 BAD_INPUT", "");
        get("an empty query", BAD, "query=");
        get("two queries", BAD, "query=%7B__typename%7D&query=%7Bx%7D");
        get("an encoding that is none", BAD, "query=%7");
        get("invalid UTF-8", BAD, "query=%ff%fe");
        get("variables that are no JSON", BAD, "query=%7B__typename%7D&variables=%7B");
        get("variables that are a list", "422 BAD_INPUT", "query=%7B__typename%7D&variables=%5B%5D");
    }

    private void get(String name, String expected, String query) {
        raw(
                "GET",
                name,
                expected,
                "GET /graphql?" + query + " HTTP/1.1\r\nAccept: application/graphql-response+json\r\n" + HOST + "\r\n");
    }

    private void origins() {
        for (String origin : List.of(
                "https://evil.example",
                "null",
                "http://localhost.evil.example",
                "http://localhost:1",
                "file://",
                "http://127.0.0.1@evil.example",
                "x")) {
            input(
                    "foreign pages",
                    origin,
                    "403 BAD_INPUT",
                    port -> Wire.exchange(port, Wire.post("Origin: " + origin + "\r\n", QUERY.getBytes(UTF_8))));
        }
        input(
                "foreign pages",
                "a link",
                "403 BAD_INPUT",
                port -> Wire.exchange(
                        port,
                        "GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\n" + HOST
                                + "\r\n"));
    }

    private void slow() {
        String head = "POST /graphql HTTP/1.1\r\n" + HOST + JSON + "Content-Length: 1000\r\n";
        silent("slow requests", "nothing", CUT_OFF, "");
        silent("slow requests", "half a line", CUT_OFF, "POST /gra");
        silent("slow requests", "half the headers", CUT_OFF, head);
        silent("slow requests", "half a body", "408 BAD_INPUT, connectionTimeout", head + "\r\n{\"query\":");
        silent(
                "slow requests",
                "half a chunk",
                "408 BAD_INPUT, connectionTimeout",
                "POST /graphql HTTP/1.1\r\n" + HOST + JSON + "Transfer-Encoding: chunked\r\n\r\n100\r\n{");
        input(
                "slow requests",
                "a header byte by byte, for as long as it goes on",
                CUT_OFF,
                port -> dripped(port, "POST /graphql HTTP/1.1\r\n" + HOST + "X-A: ", 10));
        input(
                "slow requests",
                "a body byte by byte",
                "408 BAD_INPUT, bodyTimeout",
                port -> dripped(port, head + "\r\n{", 10));
        input(FULL, "600 bodies of 1 MB that lack a byte", "503 UNAVAILABLE", port -> {
            byte[] body = new byte[999_999];
            Arrays.fill(body, (byte) ' ');
            List<Wire> open = new ArrayList<>();
            try {
                for (int i = 0; i < 600; i++) {
                    Wire wire = new Wire(port);
                    open.add(wire);
                    wire.send("POST /graphql HTTP/1.1\r\n" + HOST + JSON + "Content-Length: 1000000\r\n\r\n");
                    wire.send(body);
                }
                return fullIfAny(open);
            } finally {
                open.forEach(Wire::close);
            }
        });
        input("half-open connections", "200 of them", CUT_OFF, port -> {
            List<Wire> open = new ArrayList<>();
            try {
                for (int i = 0; i < 200; i++) {
                    Wire wire = new Wire(port);
                    open.add(wire);
                    wire.send(i % 2 == 0 ? "" : "GET /graphql HTTP/1.1\r\n");
                }
                open.getFirst().patience(PATIENCE);
                return open.getFirst().answer();
            } finally {
                open.forEach(Wire::close);
            }
        });
    }

    /**
     * The answer for want of room, if there is one. On a slow machine the last one need not get it, because the time of the first ones is
     * over by then.
     */
    private static String fullIfAny(List<Wire> open) throws IOException {
        String answer = "";
        for (Wire each : open.reversed()) {
            each.patience(PATIENCE);
            answer = each.answer();
            if (answer.startsWith("503") || answer.equals(RawSocket.SILENT)) {
                break;
            }
        }
        return answer;
    }

    private void silent(String kind, String name, String expected, String beginning) {
        input(kind, name, expected, port -> {
            try (Wire wire = new Wire(port)) {
                wire.patience(PATIENCE);
                wire.send(beginning);
                return wire.answer();
            }
        });
    }

    /** Goes on until the service gives up, for ten seconds at most. */
    private static String dripped(int port, String beginning, int everyMs) throws IOException {
        try (Wire wire = new Wire(port)) {
            wire.patience(PATIENCE);
            wire.send(beginning);
            for (int i = 0; i < PATIENCE.toMillis() / everyMs && wire.send(" "); i++) {
                Thread.sleep(everyMs);
            }
            return wire.answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private void raw(String kind, String name, String expected, String request) {
        input(kind, name, expected, port -> Wire.exchange(port, request));
    }

    private void input(String kind, String name, String expected, HostileInput.Attack attack) {
        inputs.add(new HostileInput(kind, name, expected, attack));
    }
}
