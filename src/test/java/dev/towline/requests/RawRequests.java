package dev.towline.requests;

import dev.towline.requests.Request.Header;
import dev.towline.requests.Request.Transport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Draws HTTP as no client library would send it: nearly well-formed down to the bytes. Each asks for the connection to be closed. */
final class RawRequests {

    private static final String QUERY = "/graphql?query=%7B__typename%7D";
    private static final String BODY = "{\"query\": \"{ __typename }\"}";

    private RawRequests() {}

    static Request draw(Chance chance, Known known) {
        String post = head(
                "POST /graphql HTTP/1.1", known, "Content-Type: application/json", "Content-Length: " + BODY.length());
        String chunked =
                head("POST /graphql HTTP/1.1", known, "Content-Type: application/json", "Transfer-Encoding: chunked");
        String text = chance.of(
                head("TRACE /graphql HTTP/1.1", known),
                head("HEAD " + QUERY + " HTTP/1.1", known),
                head("OPTIONS /graphql HTTP/1.1", known),
                head("OPTIONS * HTTP/1.1", known),
                head("PUT /graphql HTTP/1.1", known),
                head("get " + QUERY + " HTTP/1.1", known),
                head("GET " + QUERY + "&x=" + "a".repeat(70_000) + " HTTP/1.1", known),
                head("GET /graphql?query={__typename} HTTP/1.1", known),
                head("GET /graphql?query={a:__type(name:\"ä\u00f6🚚\"){name}} HTTP/1.1", known),
                head("GET " + QUERY + "%zz HTTP/1.1", known),
                head("GET " + QUERY + "%c1%a1 HTTP/1.1", known),
                head("GET " + QUERY + "\u0000 HTTP/1.1", known),
                head("GET http://127.0.0.1" + QUERY + " HTTP/1.1", known),
                head("GET " + QUERY + " HTTP/1.0", known),
                head("GET " + QUERY + " HTTP/9.9", known),
                head("GET " + QUERY + "#fragment HTTP/1.1", known),
                head("GET /graphql/?query=%7B__typename%7D HTTP/1.1", known),
                head("GET //graphql?query=%7B__typename%7D HTTP/1.1", known),
                head("GET /graphql;x=1?query=%7B__typename%7D HTTP/1.1", known),
                head("GET /graphql%2f HTTP/1.1", known),
                head("GET /./graphql/../graphql?query=%7B__typename%7D HTTP/1.1", known),
                head("GET " + QUERY + " HTTP/1.1", known, "Bad Name: 1"),
                head("GET " + QUERY + " HTTP/1.1", known, "Bad(Name): 1"),
                head("GET " + QUERY + " HTTP/1.1", known, "X: a\u0001b"),
                head("GET " + QUERY + " HTTP/1.1", known, "X: " + "a".repeat(70_000)),
                head("GET " + QUERY + " HTTP/1.1", known, "Host: other"),
                head("GET " + QUERY + " HTTP/1.1", known, "Content-Type: */*"),
                head("GET " + QUERY + " HTTP/1.1", known, "Expect: 100-continue"),
                head("GET /graphql HTTP/1.1", known, "Upgrade: websocket", "Sec-WebSocket-Version: 13"),
                head(
                        "GET /graphql HTTP/1.1",
                        known,
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 12",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="),
                head(
                        "GET /graphql HTTP/1.1",
                        known,
                        "Upgrade: websocket",
                        "Sec-WebSocket-Key: short",
                        "Sec-WebSocket-Version: 13"),
                head("GET /graphql HTTP/1.1", known, "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"),
                post + BODY,
                post + BODY.replace('"', '\''),
                chunked + "%x\r\n%s\r\n0\r\n\r\n".formatted(BODY.length(), BODY),
                chunked + "zz\r\n" + BODY + "\r\n0\r\n\r\n",
                chunked + "-1\r\n" + BODY + "\r\n0\r\n\r\n",
                chunked + "%x\r\n%s0\r\n\r\n".formatted(BODY.length(), BODY),
                chunked.replace("chunked", "none") + BODY,
                chunked.replace("chunked", "chunked\r\nContent-Length: 5") + "0\r\n\r\n",
                post.replace("Content-Length: ", "Content-Length: -") + BODY,
                post.replace("Content-Length: ", "Content-Length: x") + BODY,
                post.replace("Content-Length: ", "Content-Length: 1\r\nContent-Length: ") + BODY,
                post.replace("Content-Type: ", "Content-Type: */*\r\nX: "),
                post.replace("\r\n", "\n") + BODY);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String[] line = text.split("[ \r\n]", 3);
        return new Request(Transport.RAW, line[0], line[1], List.of(), List.of(bytes), null);
    }

    private static String head(String line, Known known, String... headers) {
        String connection = String.join(" ", headers).contains("Upgrade:") ? "Upgrade" : "close";
        List<Header> always = List.of(
                new Header("Host", "127.0.0.1"),
                new Header("Connection", connection),
                new Header("X-Towline-Local-Tenant", known.tenant()));
        return line + "\r\n"
                + always.stream().map(header -> header + "\r\n").collect(Collectors.joining())
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                + "\r\n";
    }
}
