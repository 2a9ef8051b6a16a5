package dev.towline.requests;

import dev.towline.requests.Request.Header;
import java.util.ArrayList;
import java.util.List;

/** Draws the headers of a request, which over a WebSocket come in {@code connection_init}. */
final class Headers {

    private static final String STREAM = "text/event-stream";

    private static final List<String> FOR_OPERATORS =
            List.of("evictCache", "getJob", "listJobs", "cancelJob", "startVendorImport", "startVendorReconciliation");

    private final Chance chance;
    private final Known known;
    private final boolean odd;

    Headers(Chance chance, Known known, boolean odd) {
        this.chance = chance;
        this.known = known;
        this.odd = odd;
    }

    /**
     * Who asks, and what they ask of the cache.
     *
     * @param document some fields are only for an operator, or only for whoever has a share link
     */
    List<Header> viewer(String document) {
        boolean operator = FOR_OPERATORS.stream().anyMatch(document::contains);
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("X-Towline-Local-Tenant", known.tenant()));
        headers.add(new Header("X-Towline-Local-Subject", chance.of("dispatcher", "s1", "urn:x:1")));
        if (operator ? chance.percent(85) : chance.percent(5)) {
            headers.add(role("OPERATOR"));
        } else if (chance.percent(20)) {
            headers.add(role(chance.of("DISPATCHER", "VENDOR", "CALLER", "GUEST", "caller")));
        }
        if (document.contains("getSharedSession") ? chance.percent(60) : chance.percent(1)) {
            headers.add(new Header("X-Towline-Share", known.share(chance)));
        }
        if (chance.percent(12)) {
            headers.add(new Header("X-Towline-Cache-Report", chance.of("1", "1", "0", "yes")));
        }
        if (chance.percent(15)) {
            headers.add(seen(known.seen(chance) + chance.of("", ", " + known.seen(chance))));
        }
        if (odd && chance.percent(10)) {
            headers.add(chance.of(
                    seen(known.seen(chance)),
                    seen(chance.of(
                            "vendor:v7",
                            "=",
                            ",",
                            "session:s1=-1",
                            "vendor:v1=99999999999",
                            "truck:t1=1",
                            "vendor:a\u00e9=1")),
                    seen("vendor:v1=1, ".repeat(200) + "vendor:v1=1"),
                    seen("vendor:v1=999999999"),
                    new Header("X-Towline-Cache-Report", "1"),
                    role(chance.of("KING", "", "DISPATCHER, OPERATOR")),
                    new Header("X-Towline-Local-Subject", chance.of("", "a b", "x".repeat(129), "\u00e9")),
                    new Header("X-Towline-Local-Tenant", chance.of("", "a b", "x".repeat(65), "other"))));
        }
        return headers;
    }

    /** What only HTTP has. */
    List<Header> http(boolean body, boolean stream) {
        List<Header> headers = new ArrayList<>();
        if (body) {
            headers.add(contentType());
        }
        if (stream) {
            headers.add(accept(chance.percent(90) ? STREAM : STREAM + ", application/json;q=0.5"));
        } else if (chance.percent(40)) {
            headers.add(accept(chance.of(
                    "application/json",
                    "application/graphql-response+json",
                    "*/*",
                    "application/*",
                    "application/json;q=0.5, application/graphql-response+json",
                    "application/graphql-response+json; charset=utf-8, application/json; charset=utf-8",
                    "text/html,*/*;q=0.8")));
        }
        if (chance.percent(8)) {
            headers.add(new Header("If-None-Match", known.entityTag(chance)));
        }
        if (chance.percent(10)) {
            headers.add(new Header("Accept-Encoding", chance.of("gzip", "identity", "gzip;q=0", "*;q=0", "none, ;;")));
        }
        if (odd && chance.percent(15)) {
            headers.add(strange());
        }
        return headers;
    }

    private Header contentType() {
        String type = chance.of(
                "application/json",
                "application/json",
                "application/json; charset=utf-8",
                "Application/JSON;charset=\"UTF-8\"");
        if (odd && chance.percent(8)) {
            type = chance.of(
                    "*/*",
                    "application/*",
                    "application/*+json",
                    "text/plain",
                    "application/graphql",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/json; charset=latin1",
                    "application/json; charset=none",
                    "application/json; charset",
                    "application/json;",
                    "application",
                    "");
        }
        return new Header("Content-Type", type);
    }

    private Header strange() {
        return chance.of(
                accept(chance.of(
                        "text/html",
                        "nonsense",
                        "a/b/c",
                        "",
                        "*",
                        "application/json;q=2",
                        "text/event-stream;q=0",
                        "*/*;q=0",
                        "application/json;charset=none")),
                new Header("If-None-Match", chance.of("*", "W/\"a\"", "a", "\"", "\"a\", W/\"b\"", "")),
                new Header("If-Modified-Since", "no date"),
                new Header("Content-Encoding", chance.of("gzip", "identity", "none")),
                new Header("Content-Type", "text/plain"),
                new Header("Accept-Language", chance.of("tr-TR", "de", "*;;", "x".repeat(300))),
                new Header(
                        "traceparent",
                        chance.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-zz-1-01", "ff")),
                new Header("baggage", chance.of("a=b", "=,;%")),
                new Header("X-Forwarded-For", chance.of("203.0.113.9", "nonsense, ::1")),
                new Header("X-Forwarded-Host", chance.of("api.example.com", "a b")),
                new Header("X-Forwarded-Proto", chance.of("https", "none")),
                new Header("X-Forwarded-Port", chance.of("443", "-1", "none")),
                new Header("Forwarded", chance.of("for=203.0.113.9;proto=https;host=api.example.com", "for=;;", "\"")),
                new Header("Range", chance.of("bytes=0-1", "none")),
                new Header("Origin", chance.of("null", "https://evil.example", "none")),
                new Header("Cookie", chance.of("a=b", "=;=")),
                new Header("Authorization", chance.of("Bearer x", "Basic !!", "")),
                new Header("X-HTTP-Method-Override", "DELETE"));
    }

    private static Header accept(String value) {
        return new Header("Accept", value);
    }

    private static Header seen(String value) {
        return new Header("X-Towline-Seen", value);
    }

    private static Header role(String value) {
        return new Header("X-Towline-Local-Role", value);
    }
}
